package aio.loop;

import java.net.ProtocolFamily;
import java.net.StandardProtocolFamily;

/** Checks address families. */
final class Families {
    private Families() {}

    static ProtocolFamily check(ProtocolFamily family) {
        if (family != StandardProtocolFamily.INET && family != StandardProtocolFamily.INET6) {
            throw new IllegalArgumentException("family " + family
                    + " has no addresses of hosts: expected StandardProtocolFamily.INET or INET6");
        }
        return family;
    }
}
