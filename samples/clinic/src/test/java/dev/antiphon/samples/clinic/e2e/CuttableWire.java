package dev.antiphon.samples.clinic.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ServerSocketFactory;
import javax.net.ssl.SSLContext;

/** A wire to a server, which a test can cut; whoever connects afterwards gets through again. May speak TLS at its near end. Thread-safe. */
final class CuttableWire implements AutoCloseable {
    private final ServerSocket door;
    private final Set<Socket> ends = ConcurrentHashMap.newKeySet();
    private volatile int target;

    CuttableWire() {
        this(ServerSocketFactory.getDefault());
    }

    /** Whose near end shows the identity of {@code tls}. */
    CuttableWire(SSLContext tls) {
        this(tls.getServerSocketFactory());
    }

    private CuttableWire(ServerSocketFactory doors) {
        try {
            door = doors.createServerSocket(0, 200, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The address of the wire's near end; what connects to it reaches {@code far}. */
    URI to(URI far) {
        if (target == 0) {
            target = far.getPort();
            Thread.ofVirtual().start(this::serve);
        }
        return URI.create(far.toString().replace(":" + far.getPort(), ":" + door.getLocalPort()));
    }

    /** Every connection breaks, without a word. */
    void cut() {
        ends.forEach(CuttableWire::closed);
        ends.clear();
    }

    private void serve() {
        while (!door.isClosed()) {
            try {
                Socket near = door.accept();
                Socket far = new Socket(InetAddress.getLoopbackAddress(), target);
                ends.add(near);
                ends.add(far);
                Thread.ofVirtual().start(() -> carry(near, far));
                Thread.ofVirtual().start(() -> carry(far, near));
            } catch (IOException closing) {
                return;
            }
        }
    }

    private static void carry(Socket from, Socket to) {
        try {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException broken) {
            // Cut, or one of the two is gone.
        } finally {
            closed(from);
            closed(to);
        }
    }

    private static void closed(Socket socket) {
        try {
            socket.close();
        } catch (IOException gone) {
            // It is closed either way.
        }
    }

    @Override
    public void close() {
        try {
            door.close();
        } catch (IOException gone) {
            // It is closed either way.
        }
        cut();
    }
}
