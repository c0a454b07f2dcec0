package aio.policy;

import aio.loop.ConnectionInfo;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * What an operator does to policies and loops; the console stands on it. A service; also
 * {@code aio.EventLoops.policyAdmin()}. {@link PolicyDirectory} shows what is pinned and ranked.
 *
 * <p>A name that no policy has is an {@code IllegalArgumentException}, whose message says which names there are.
 *
 * <p>Thread safety: any thread. Implemented by the core.
 */
@ProviderType
public interface PolicyAdmin {

    /**
     * Returns the same for one operator of several, as tools have them who know who is logged in: the changes that are
     * made by it name that operator, in {@link PolicyChange#who} and {@link PolicyChange#cause}, as
     * {@code operator 'anna'}. It may be kept, and works as long as this one does.
     *
     * @param name as people know the operator; what cannot be shown is replaced
     * @throws IllegalArgumentException if it is blank
     */
    PolicyAdmin by(String name);

    /**
     * Pins a policy by name: nothing else becomes current while it is there. The pin survives a restart if the
     * configuration admin is there, and takes hold again when its policy returns.
     *
     * @return the change, or empty if the policy was current already
     * @throws IllegalArgumentException if no candidate has that name; the message says what is there and what to start
     */
    Optional<PolicyChange> pin(String name);

    /**
     * Pins a policy by name as the options say, in a scope for instance: then loops of that scope that follow go to its
     * driver, and those that are made in it later begin there, while the process-wide policy stays. Such a pin has no
     * effect while its policy is not there or is refused, and takes hold again when it returns; it ends with the bundle
     * that the scope is of, when that is uninstalled.
     *
     * <p>With a canary or a watch this is a trial, see {@link PinOptions}: it returns when the loops that go first have
     * been asked to, and the trial goes on without the caller. Nothing of it is written before it is decided: what held
     * before holds after a restart in the meantime.
     *
     * @return the change, of the scope if there is one; empty if the policy was chosen there already
     * @throws IllegalArgumentException if no candidate has that name, no loop that is open, or no bundle; the message
     *     says what is there
     */
    Optional<PolicyChange> pin(String name, PinOptions options);

    /**
     * Says what {@link #pin(String, PinOptions)} would do to each loop, and why. It changes nothing, makes no policy
     * and probes no driver, so what these will do is not known before.
     *
     * @throws IllegalArgumentException if no candidate has that name; the message says what is there and what to start
     */
    PolicyPlan plan(String name, PinOptions options);

    /** Removes the pin; returns the change, or empty if the current policy stays. */
    Optional<PolicyChange> unpin();

    /**
     * Removes the pin of a scope: its loops go where others do. The scope need not be there any more.
     *
     * @return the change, of the scope if there is one; empty if nothing changes by it
     */
    Optional<PolicyChange> unpin(PolicyScope scope);

    /**
     * Gives the services of a policy another ranking than theirs. It survives a restart and takes hold again when the
     * policy returns, as a pin does, but pin and code still go before it.
     *
     * @return the change, or empty if the current policy stays
     * @throws IllegalArgumentException if no service has that name; the message says what is there and what to start
     */
    Optional<PolicyChange> rank(String name, int ranking);

    /**
     * Lets the ranking of a policy's services count again; returns the change, or empty if the current policy stays.
     */
    Optional<PolicyChange> unrank(String name);

    /**
     * Confirms a policy with the ranking that its service has now. Where arrivals are to be confirmed
     * ({@code confirm.arrivals} of the configuration {@code aio.policy}) a policy that arrives, or whose ranking
     * changes, does not replace one that works before; one that is confirmed goes before those that are not, whatever
     * their rankings are, and its ranking stays what was confirmed until another one is. It survives a restart as a pin
     * does. A hold-down of the policy ends.
     *
     * @return the change, or empty if the current policy stays
     * @throws IllegalArgumentException if no service has that name; the message says what is there and what to start
     */
    Optional<PolicyChange> confirm(String name);

    /** Takes a confirmation back; returns the change, or empty if the current policy stays. */
    Optional<PolicyChange> unconfirm(String name);

    /**
     * Drains all loops that run: their servers close and accept nothing new, and connections get {@code patience} to
     * end by themselves. Those that are still open then are closed, and their protocols see {@code connectionLost} with
     * a cause. The loops run on. Blocks; not to be called on the thread of a loop.
     *
     * @return who held connections to the last, a line each; empty if all have ended by themselves
     * @throws IllegalStateException on the thread of a loop
     */
    List<String> drain(Duration patience);

    /**
     * Closes a connection at once; its protocol sees {@code connectionLost} with a cause that names the operator. The
     * loop is asked on its own thread, and waited for at most 2 s; not to be called on the thread of another loop.
     *
     * @param loop its name
     * @param id as {@link ConnectionInfo#id} says
     * @return how it was before
     * @throws IllegalArgumentException if no open loop has that name, or that loop no such connection (any more)
     * @throws IllegalStateException if the loop does not answer in time: the message says what it is busy with, and the
     *     connection stays; or on the thread of another loop
     */
    ConnectionInfo closeConnection(String loop, long id);

    /**
     * Ends a managed loop that a configuration {@code aio.loop} made, by deleting that configuration. The loop ends a
     * moment later, and protocols on it see {@code connectionLost}.
     *
     * @throws IllegalArgumentException if no open loop has that name; the message says which have
     * @throws IllegalStateException if no configuration made it, as the one named {@code shared}
     */
    void closeLoop(String name);
}
