package io.berth.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.berth.bgp.PeerListener.Direction;
import io.berth.bgp.PeerSnapshot;
import io.berth.bgp.SessionState;
import io.berth.bgp.message.Family;
import io.berth.bgp.message.Message;
import io.berth.bgp.message.Notification;
import io.berth.bgp.message.NotificationCode;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PeerMetersTest {

    private final PeerMeters meters = new PeerMeters();
    private volatile List<PeerSnapshot> peers = List.of();
    private final Exposition exposition = new Exposition(
            new Sources("0.1.0", List::of, List::of, () -> peers), new AllocationMeters(() -> 0), meters);

    @AfterEach
    void close() {
        exposition.close();
    }

    @Test
    void onlyAnEstablishedSessionIsUp() {
        peers = List.of(peer("tor-1", SessionState.ESTABLISHED), peer("tor-2", SessionState.OPEN_CONFIRM));

        assertThat(scrape().startingWith("berth_bgp_session_up"))
                .containsOnly(
                        entry("berth_bgp_session_up{peer=\"tor-1\"}", 1.0),
                        entry("berth_bgp_session_up{peer=\"tor-2\"}", 0.0));
    }

    @Test
    void theStateOfASessionIsOneOfSix() {
        peers = List.of(peer("tor-1", SessionState.OPEN_SENT));

        assertThat(scrape().startingWith("berth_bgp_session_state"))
                .containsOnly(
                        entry("berth_bgp_session_state{peer=\"tor-1\",state=\"Idle\"}", 0.0),
                        entry("berth_bgp_session_state{peer=\"tor-1\",state=\"Connect\"}", 0.0),
                        entry("berth_bgp_session_state{peer=\"tor-1\",state=\"Active\"}", 0.0),
                        entry("berth_bgp_session_state{peer=\"tor-1\",state=\"OpenSent\"}", 1.0),
                        entry("berth_bgp_session_state{peer=\"tor-1\",state=\"OpenConfirm\"}", 0.0),
                        entry("berth_bgp_session_state{peer=\"tor-1\",state=\"Established\"}", 0.0));
    }

    @Test
    void announcedPrefixesAreToldOfEveryFamily() {
        peers = List.of(peer("tor-1", SessionState.ESTABLISHED, Map.of(Family.IPV4_UNICAST, 12)));

        assertThat(scrape().startingWith("berth_bgp_prefixes_announced"))
                .containsOnly(
                        entry("berth_bgp_prefixes_announced{family=\"ipv4\",peer=\"tor-1\"}", 12.0),
                        entry("berth_bgp_prefixes_announced{family=\"ipv6\",peer=\"tor-1\"}", 0.0));
    }

    @Test
    void messagesAreCountedByDirectionAndType() {
        meters.message("tor-1", Direction.SENT, Message.Type.UPDATE);
        meters.message("tor-1", Direction.SENT, Message.Type.UPDATE);
        meters.message("tor-1", Direction.RECEIVED, Message.Type.ROUTE_REFRESH);

        assertThat(scrape().startingWith("berth_bgp_messages_total"))
                .containsOnly(
                        entry("berth_bgp_messages_total{direction=\"sent\",peer=\"tor-1\",type=\"update\"}", 2.0),
                        entry(
                                "berth_bgp_messages_total{direction=\"received\",peer=\"tor-1\",type=\"route_refresh\"}",
                                1.0));
    }

    @Test
    void transitionsAreCountedByTheStateEntered() {
        meters.stateChanged("tor-1", SessionState.IDLE, SessionState.CONNECT, "");
        meters.stateChanged("tor-1", SessionState.CONNECT, SessionState.ACTIVE, "connection refused");
        meters.stateChanged("tor-1", SessionState.ACTIVE, SessionState.CONNECT, "");

        assertThat(scrape().startingWith("berth_bgp_session_transitions_total"))
                .containsOnly(
                        entry("berth_bgp_session_transitions_total{peer=\"tor-1\",to=\"Connect\"}", 2.0),
                        entry("berth_bgp_session_transitions_total{peer=\"tor-1\",to=\"Active\"}", 1.0));
    }

    @Test
    void notificationsAreCountedByTheirNumbers() {
        meters.notification("tor-1", Direction.RECEIVED, Notification.of(NotificationCode.ADMINISTRATIVE_SHUTDOWN));

        assertThat(
                        scrape().value(
                                        "berth_bgp_notifications_total{code=\"6\",direction=\"received\",peer=\"tor-1\",subcode=\"2\"}"))
                .isEqualTo(1);
    }

    @Test
    void theLagOfAnnouncementsIsAHistogramInSeconds() {
        meters.announced("tor-1", Duration.ofMillis(3));
        meters.announced("tor-2", Duration.ofMillis(700));

        Scrape scrape = scrape();
        assertThat(scrape.types()).containsEntry("berth_bgp_announcement_lag_seconds", "histogram");
        assertThat(scrape.value("berth_bgp_announcement_lag_seconds_bucket{le=\"0.0025\"}"))
                .isZero();
        assertThat(scrape.value("berth_bgp_announcement_lag_seconds_bucket{le=\"0.005\"}"))
                .isEqualTo(1);
        assertThat(scrape.value("berth_bgp_announcement_lag_seconds_bucket{le=\"+Inf\"}"))
                .isEqualTo(2);
        assertThat(scrape.value("berth_bgp_announcement_lag_seconds_sum")).isEqualTo(0.703);
    }

    @Test
    void aPeerThatIsGoneTakesItsSeriesWithIt() {
        peers = List.of(peer("tor-1", SessionState.ESTABLISHED), peer("tor-2", SessionState.ESTABLISHED));
        for (String peer : List.of("tor-1", "tor-2")) {
            meters.stateChanged(peer, SessionState.OPEN_CONFIRM, SessionState.ESTABLISHED, "");
            meters.message(peer, Direction.SENT, Message.Type.KEEPALIVE);
            meters.notification(peer, Direction.SENT, Notification.of(NotificationCode.PEER_DECONFIGURED));
        }

        meters.removed("tor-1");
        peers = List.of(peer("tor-2", SessionState.ESTABLISHED));

        assertThat(scrape().series().keySet())
                .noneMatch(series -> series.contains("tor-1"))
                .anyMatch(series -> series.contains("tor-2"));

        meters.message("tor-1", Direction.SENT, Message.Type.OPEN);
        meters.message("tor-1", Direction.SENT, Message.Type.KEEPALIVE);
        assertThat(scrape().value("berth_bgp_messages_total{direction=\"sent\",peer=\"tor-1\",type=\"keepalive\"}"))
                .as("a peer that is configured anew counts anew")
                .isEqualTo(1);
    }

    @Test
    void scrapesAreWholeWhilePeersComeAndGo() throws Exception {
        CountDownLatch scraped = new CountDownLatch(200);
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            List<Future<?>> scrapers = Stream.<Future<?>>generate(() -> threads.submit(() -> {
                        while (scraped.getCount() > 0) {
                            assertThat(scrape().types()).containsEntry("berth_build_info", "gauge");
                            scraped.countDown();
                        }
                    }))
                    .limit(3)
                    .toList();
            Future<?> eventLoop = threads.submit(() -> {
                for (int i = 0; scraped.getCount() > 0; i++) {
                    String peer = "tor-" + i % 7;
                    peers = List.of(peer(peer, SessionState.ESTABLISHED), peer("tor-x", SessionState.IDLE));
                    meters.message(peer, Direction.SENT, Message.Type.UPDATE);
                    meters.stateChanged(peer, SessionState.IDLE, SessionState.CONNECT, "");
                    meters.announced(peer, Duration.ofNanos(i));
                    meters.removed("tor-" + (i + 3) % 7);
                }
            });

            for (Future<?> scraper : scrapers) {
                scraper.get(30, TimeUnit.SECONDS);
            }
            eventLoop.get(30, TimeUnit.SECONDS);
        }
    }

    private Scrape scrape() {
        return Scrape.of(exposition.page());
    }

    private static PeerSnapshot peer(String name, SessionState state) {
        return peer(name, state, Map.of());
    }

    private static PeerSnapshot peer(String name, SessionState state, Map<Family, Integer> announced) {
        return new PeerSnapshot(
                name,
                new InetSocketAddress(InetAddress.ofLiteral("192.0.2.1"), 179),
                state,
                Instant.EPOCH,
                "",
                "",
                announced,
                0);
    }
}
