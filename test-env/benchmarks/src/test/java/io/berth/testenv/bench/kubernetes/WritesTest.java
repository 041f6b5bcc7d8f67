package io.berth.testenv.bench.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class WritesTest {

    private static final String BEFORE = line("PATCH", "services", "status", "200", "10");

    private static String line(String verb, String resource, String subresource, String code, String count) {
        return "apiserver_request_total{code=\"" + code
                + "\",component=\"apiserver\",dry_run=\"\",group=\"\",resource=\"" + resource
                + "\",scope=\"resource\",subresource=\"" + subresource + "\",verb=\"" + verb + "\",version=\"v1\"} "
                + count + "\n";
    }

    @Test
    void whatWasWrittenSinceIsTold() {
        Writes after = Writes.parse(line("PATCH", "services", "status", "200", "310")
                + line("PATCH", "services", "status", "409", "2")
                + line("POST", "events", "", "201", "1.5e+03"));

        Writes since = after.since(Writes.parse(BEFORE));

        assertThat(since.counts())
                .containsOnly(
                        Map.entry("PATCH services/status 200", 300L),
                        Map.entry("PATCH services/status 409", 2L),
                        Map.entry("POST events 201", 1500L));
        assertThat(since.all()).isEqualTo(1802);
    }

    @Test
    void readingIsNoWriting() {
        assertThat(Writes.parse(line("LIST", "services", "", "200", "5") + line("WATCH", "services", "", "200", "5"))
                        .all())
                .isZero();
    }
}
