package io.berth.bgp;

import io.berth.bgp.codec.MessageCodec;
import io.berth.bgp.message.Message;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** A peer that says exactly what a test tells it to, octet by octet. */
final class RawPeer implements AutoCloseable {

    private static final int PATIENCE_MILLIS = 15_000;

    private final ServerSocket listening;

    RawPeer() throws IOException {
        listening = new ServerSocket(0, 5, InetAddress.ofLiteral("127.0.0.1"));
        listening.setSoTimeout(PATIENCE_MILLIS);
    }

    /** Has the kernel keep little of what nobody reads. */
    RawPeer withSmallWindow() throws IOException {
        listening.setReceiveBufferSize(4096);
        return this;
    }

    InetSocketAddress address() {
        return (InetSocketAddress) listening.getLocalSocketAddress();
    }

    /** The next connection that the speaker opens. */
    Connection accept() throws IOException {
        Socket socket = listening.accept();
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.setTcpNoDelay(true);
        return new Connection(socket);
    }

    @Override
    public void close() throws IOException {
        listening.close();
    }

    /** One connection, after whose octets the test looks itself. */
    static final class Connection implements AutoCloseable {
        private final Socket socket;
        private final DataInputStream in;

        Connection(Socket socket) throws IOException {
            this.socket = socket;
            this.in = new DataInputStream(socket.getInputStream());
        }

        void send(byte... octets) throws IOException {
            socket.getOutputStream().write(octets);
        }

        void send(Message message) throws IOException {
            send(octets(message));
        }

        /** Each octet in a segment of its own, as far as the kernel goes along. */
        void sendOneByOne(Message message) throws IOException {
            for (byte octet : octets(message)) {
                send(octet);
            }
        }

        private static byte[] octets(Message message) {
            ByteBuf buffer = Unpooled.buffer();
            MessageCodec.encode(message, buffer);
            return ByteBufUtil.getBytes(buffer);
        }

        /** The type of the next message, with the octets of its body. */
        Received read() throws IOException {
            in.skipNBytes(16);
            int length = in.readUnsignedShort();
            int type = in.readUnsignedByte();
            byte[] body = in.readNBytes(length - 19);
            return new Received(type, ByteBufUtil.hexDump(body));
        }

        /** Reads on to the first message of this type. */
        Received readUntil(Message.Type type) throws IOException {
            Received received = read();
            while (received.type != type.code()) {
                received = read();
            }
            return received;
        }

        /** Ends our direction of the stream, as a process does that exits. */
        void hangUp() throws IOException {
            socket.shutdownOutput();
        }

        boolean isAtEnd() throws IOException {
            try {
                return in.read() < 0;
            } catch (EOFException e) {
                return true;
            }
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }

    /** A message as it stood on the wire: its type, its body in hexadecimal. */
    record Received(int type, String body) {}
}
