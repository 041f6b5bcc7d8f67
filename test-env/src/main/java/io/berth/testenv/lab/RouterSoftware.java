package io.berth.testenv.lab;

import java.net.InetAddress;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What differs between routers: how they are configured and asked, and how they answer. Commands are what to execute in the
 * router's container; what they printed is read by the method beside them.
 */
interface RouterSoftware {

    /** The image that {@code test-env/lab} builds. */
    String image();

    /** Where the container expects the configuration. */
    String configurationFile();

    /** What the log shows once at each start, when sessions are taken. */
    Pattern readyLine();

    String configuration(RouterConfig config, AddressPair own);

    List<String> showRoutes();

    /** Every usable path heard from a neighbour, of both families; what the router itself originates is left out. */
    List<ReceivedRoute> routes(String shown);

    List<String> showSession(InetAddress neighbour);

    SessionState session(String shown);

    /** Closes the session with a NOTIFICATION (Cease); it may be set up again at once. */
    List<String> closeSession(InetAddress neighbour);

    /** Sends the neighbour a ROUTE-REFRESH (RFC 2918). */
    List<String> requestRefresh(InetAddress neighbour);
}
