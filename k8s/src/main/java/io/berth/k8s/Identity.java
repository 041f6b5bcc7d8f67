package io.berth.k8s;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Map;

/**
 * Who a process is among others of its kind.
 *
 * @param component "berth-controller"
 * @param instance  the pod, or the host and the process; no other has the same
 */
record Identity(String component, String instance) {

    static Identity of(String component) {
        Map<String, String> environment = System.getenv();
        String host = environment.getOrDefault("POD_NAME", environment.getOrDefault("HOSTNAME", hostName()));
        return new Identity(
                component,
                host + "_" + ProcessHandle.current().pid() + "_" + Long.toHexString(System.currentTimeMillis()));
    }

    /** The host that this process runs on. */
    static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException _) {
            return "localhost";
        }
    }
}
