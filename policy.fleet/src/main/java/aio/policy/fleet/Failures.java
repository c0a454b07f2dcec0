package aio.policy.fleet;

import aio.policy.console.text.Plain;
import aio.policy.fleet.node.FleetNode;
import org.apache.zookeeper.KeeperException;

/** What is said where ZooKeeper does not do what it was asked for. Stateless. */
final class Failures {
    private Failures() {}

    /** What is asked of ZooKeeper. */
    @FunctionalInterface
    interface Asked<T> {
        T get() throws Exception;
    }

    /**
     * Returns what ZooKeeper tells.
     *
     * @throws IllegalStateException if it tells nothing; the message says why
     */
    static <T> T told(FleetNode node, Asked<T> asked) {
        try {
            return asked.get();
        } catch (KeeperException e) {
            throw new IllegalStateException(why(node, e), e);
        } catch (InterruptedException e) {
            // that is how a shell ends a command, and continues: its thread must not stay interrupted
            throw new IllegalStateException("fleet: the command was ended; what is decided goes on", e);
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("fleet: " + e.getMessage(), e);
        }
    }

    /** Says that a node is cut off, and why, if that is known. */
    static String cutOff(FleetNode node) {
        return "fleet: this node is cut off from ZooKeeper; it stays as it is, and catches up later"
                + node.trouble().map(each -> ": " + Plain.text(each)).orElse("");
    }

    private static String why(FleetNode node, KeeperException e) {
        String why = switch (e.code()) {
            case NOAUTH, AUTHFAILED -> "fleet: ZooKeeper refuses this node, expected the digest of the fleet's other"
                    + " nodes in the configuration aio.fleet";
            case NONODE -> "fleet: nobody has been in the fleet '" + node.fleet() + "' yet, this node included";
            default -> node.isConnected()
                    ? "fleet: ZooKeeper has failed, try again"
                    : cutOff(node);
        };
        return why + ": " + e.getMessage();
    }
}
