package io.berth.bgp.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.bgp.AddressLiteral;
import io.berth.bgp.Asn;
import io.berth.bgp.BgpIdentifier;
import io.berth.bgp.HoldTime;
import io.berth.bgp.NextHop;
import io.berth.bgp.Prefix;
import io.berth.bgp.RouteAttributes;
import io.berth.bgp.codec.MessageCodec.Frame;
import io.berth.bgp.message.AsPath;
import io.berth.bgp.message.Community;
import io.berth.bgp.message.Family;
import io.berth.bgp.message.LargeCommunity;
import io.berth.bgp.message.Message;
import io.berth.bgp.message.Octets;
import io.berth.bgp.message.Open;
import io.berth.bgp.message.PathAttribute;
import io.berth.bgp.message.PathAttribute.Communities;
import io.berth.bgp.message.PathAttribute.ExtendedCommunities;
import io.berth.bgp.message.PathAttribute.LargeCommunities;
import io.berth.bgp.message.PathAttribute.LocalPref;
import io.berth.bgp.message.PathAttribute.MultiExitDisc;
import io.berth.bgp.message.PathAttribute.Path;
import io.berth.bgp.message.PathAttribute.Unknown;
import io.berth.bgp.message.Update;
import io.berth.bgp.message.Update.Announcement;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Nothing but messages and {@link MalformedMessage} comes out of any octets, and what is written is read again. */
class CodecFuzzTest {

    private static final List<Negotiated> SESSIONS = List.of(
            Sessions.external(), Sessions.internal(), Sessions.twoOctets(), Sessions.ipv4Only(), Sessions.ipv6Only());

    private static final int INPUTS = 20_000;

    private final long seed = System.nanoTime();
    private final Random random = new Random(seed);

    @Test
    void randomBodiesAreDecodedOrRefused() {
        for (int i = 0; i < INPUTS; i++) {
            byte[] body = new byte[random.nextInt(80)];
            random.nextBytes(body);
            for (Message.Type type : Message.Type.values()) {
                decode(type, longEnough(type, body));
            }
        }
    }

    /** Close to something valid, the deepest code is reached. */
    @Test
    void mutatedMessagesAreDecodedOrRefused() {
        for (int i = 0; i < INPUTS; i++) {
            byte[] message = random.nextBoolean() ? open() : updates();
            mutate(message);
            int type = message[18];
            byte[] body = Arrays.copyOfRange(message, 19, message.length);
            if (type == Message.Type.OPEN.code()) {
                decode(Message.Type.OPEN, body);
            } else {
                decode(Message.Type.UPDATE, body);
            }
        }
    }

    /** However the stream is cut, and whatever is broken in it. */
    @Test
    void mutatedStreamsAreCutIntoFramesOrRefused() {
        for (int i = 0; i < INPUTS / 10; i++) {
            ByteBuf stream = Unpooled.buffer();
            stream.writeBytes(open()).writeBytes(updates()).writeBytes(updates());
            byte[] octets = ByteBufUtil.getBytes(stream);
            if (random.nextInt(4) > 0) {
                mutate(octets);
            }
            read(octets);
        }
    }

    private void read(byte[] octets) {
        var channel = new EmbeddedChannel(new FrameDecoder());
        for (int from = 0; from < octets.length; ) {
            int length = Math.min(1 + random.nextInt(600), octets.length - from);
            channel.writeInbound(Unpooled.copiedBuffer(octets, from, length));
            from += length;
        }
        boolean lost = false;
        for (Object next = channel.readInbound(); next != null; next = channel.readInbound()) {
            assertThat(lost).as(reproduce(octets)).isFalse();
            lost = next instanceof MalformedMessage;
            if (next instanceof Frame frame) {
                decode(frame.type(), frame.body().toArray());
            }
        }
        channel.finishAndReleaseAll();
    }

    @Test
    void updatesAreReadAsTheyWereWritten() {
        for (int i = 0; i < INPUTS / 10; i++) {
            Negotiated session = random.nextBoolean() ? Sessions.external() : Sessions.internal();
            Family family = family();
            RouteAttributes wanted = attributes(family);
            List<Prefix> prefixes = prefixes(family);
            ByteBuf out = Unpooled.buffer();
            var block = (AttributeBlock.Encoded) AttributeBlock.of(wanted, family, session, List.of());
            new UpdateWriter(Negotiated.STANDARD_MESSAGE, out).announce(block, Nlri.of(prefixes));

            List<Message> messages = Wire.received(out, session, Negotiated.STANDARD_MESSAGE);
            assertThat(messages).as("seed %d", seed).hasSize(1);
            var update = (Update) messages.getFirst();
            assertThat(update.errors()).as("seed %d", seed).isEmpty();
            assertThat(update.announcements())
                    .as("seed %d", seed)
                    .containsExactly(new Announcement(((NextHop.At) wanted.nextHop()).address(), prefixes));
            assertThat(update.attributes())
                    .as("seed %d", seed)
                    .containsAll(wanted.attributes().stream()
                            .filter(attribute -> session.isInternal() || !(attribute instanceof LocalPref))
                            .filter(attribute -> session.isInternal() || !(attribute instanceof Path))
                            .toList());
        }
    }

    private void decode(Message.Type type, byte[] body) {
        for (Negotiated session : SESSIONS) {
            try {
                MessageCodec.decode(new Frame(type, Octets.of(body)), Optional.of(session));
            } catch (MalformedMessage e) {
                ByteBuf answer = Unpooled.buffer();
                MessageCodec.encode(e.notification(), answer);
                assertThat(answer.readableBytes()).isLessThanOrEqualTo(Negotiated.STANDARD_MESSAGE);
            } catch (RuntimeException e) {
                throw new AssertionError(type + ": " + reproduce(body), e);
            }
        }
    }

    private String reproduce(byte[] octets) {
        return "seed " + seed + ", octets " + HexFormat.of().formatHex(octets);
    }

    /** The frame decoder lets nothing shorter pass. */
    private static byte[] longEnough(Message.Type type, byte[] body) {
        int shortest = switch (type) {
            case OPEN -> 10;
            case UPDATE -> 4;
            case NOTIFICATION -> 2;
            case KEEPALIVE, ROUTE_REFRESH -> 0;
        };
        return body.length >= shortest ? body : Arrays.copyOf(body, shortest);
    }

    private void mutate(byte[] message) {
        int changes = 1 + random.nextInt(4);
        for (int i = 0; i < changes; i++) {
            int at = random.nextInt(message.length);
            message[at] = switch (random.nextInt(4)) {
                case 0 -> (byte) random.nextInt(256);
                case 1 -> (byte) (message[at] + 1);
                case 2 -> (byte) (message[at] - 1);
                default -> (byte) (message[at] ^ 1 << random.nextInt(8));
            };
        }
    }

    private byte[] open() {
        var open = new Open(
                new Asn(64513),
                new HoldTime(90),
                new BgpIdentifier(1 + random.nextInt(1000)),
                OpenCodecTest.EVERY_CAPABILITY.subList(0, 1 + random.nextInt(OpenCodecTest.EVERY_CAPABILITY.size())));
        ByteBuf out = Unpooled.buffer();
        MessageCodec.encode(open, out);
        return ByteBufUtil.getBytes(out);
    }

    private byte[] updates() {
        Family family = family();
        ByteBuf out = Unpooled.buffer();
        var writer = new UpdateWriter(Negotiated.STANDARD_MESSAGE, out);
        if (random.nextInt(4) == 0) {
            writer.withdraw(family, Nlri.of(prefixes(family)));
        } else {
            var block = (AttributeBlock.Encoded)
                    AttributeBlock.of(attributes(family), family, SESSIONS.get(random.nextInt(3)), List.of());
            writer.announce(block, Nlri.of(prefixes(family)));
        }
        return ByteBufUtil.getBytes(out);
    }

    private Family family() {
        return random.nextBoolean() ? Family.IPV4_UNICAST : Family.IPV6_UNICAST;
    }

    private RouteAttributes attributes(Family family) {
        InetAddress nextHop = AddressLiteral.parse(family == Family.IPV4_UNICAST ? "198.51.100.1" : "2001:db8::1");
        List<PathAttribute> chosen = new ArrayList<>(List.of(
                new Path(AsPath.sequence(List.of(new Asn(64512), new Asn(4_200_000_000L)))),
                new MultiExitDisc(random.nextInt(1000)),
                new LocalPref(random.nextInt(1000)),
                new Communities(random.ints(1 + random.nextInt(70))
                        .mapToObj(Community::new)
                        .toList()),
                new ExtendedCommunities(
                        random.longs(1 + random.nextInt(3)).boxed().toList()),
                new LargeCommunities(List.of(new LargeCommunity(random.nextInt(9), 1, 2))),
                new Unknown(99, 0xC0, Octets.of(new byte[random.nextInt(300)]))));
        chosen.removeIf(_ -> random.nextInt(3) == 0);
        return new RouteAttributes(new NextHop.At(nextHop), chosen);
    }

    private List<Prefix> prefixes(Family family) {
        List<Prefix> prefixes = new ArrayList<>();
        int count = 1 + random.nextInt(20);
        for (int i = 0; i < count; i++) {
            byte[] address = new byte[family.addressLength()];
            random.nextBytes(address);
            prefixes.add(Prefix.containing(family.address(address), random.nextInt(family.maxPrefixLength() + 1)));
        }
        return prefixes;
    }
}
