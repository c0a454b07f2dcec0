package aio.policy;

import aio.loop.ConnectionInfo;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Changes policies and loops for an operator; the console uses it. A service; also
 * {@code aio.EventLoops.policyAdmin()}. {@link PolicyDirectory} shows what is pinned and ranked.
 *
 * <p>If no policy has a given name, a method throws {@code IllegalArgumentException}; its message lists the names.
 *
 * <p>Thread safety: any thread. Implemented by the core.
 */
@ProviderType
public interface PolicyAdmin {

    /**
     * Returns this service for one of several operators, for tools that know which user is logged in. Changes that it
     * makes name the operator in {@link PolicyChange#who} and {@link PolicyChange#cause}, as {@code operator 'anna'}.
     * It may be kept, and works as long as this service does.
     *
     * @param name the operator's name, for people; characters that cannot be shown are replaced
     * @throws IllegalArgumentException if it is blank
     */
    PolicyAdmin by(String name);

    /**
     * Pins a policy by name: while that policy is registered, no other one becomes current. When the policy goes away
     * and returns, the pin is in effect again. It survives a restart if there is a configuration admin.
     *
     * @return the change, or empty if the policy was current already
     * @throws IllegalArgumentException if no candidate has that name; the message lists the names and what to start
     */
    Optional<PolicyChange> pin(String name);

    /**
     * Pins a policy by name, with options.
     *
     * <p>A pin in a scope chooses the driver of the loops in it, also of those that are made later; the process-wide
     * policy stays as it is. While the policy of such a pin is absent or refused, the pin has no effect; when the
     * policy returns, it is in effect again. A pin for a bundle ends when that bundle is uninstalled.
     *
     * <p>With a canary or a watch this is a trial, see {@link PinOptions}. The method returns when the loops that go
     * first have been told to; the trial then continues by itself. Nothing is stored before it is decided: after a
     * restart in the meantime the choice from before holds.
     *
     * @return the change, in a scope the scope's; empty if the policy was chosen there already
     * @throws IllegalArgumentException if there is no candidate with that name, or no open loop or no bundle that the
     *     options name; the message lists what there is
     */
    Optional<PolicyChange> pin(String name, PinOptions options);

    /**
     * Returns what {@link #pin(String, PinOptions)} would do to each loop, and why. It changes nothing. It makes no
     * policy and probes no driver either, so it cannot tell whether these would fail.
     *
     * @throws IllegalArgumentException if no candidate has that name; the message lists the names and what to start
     */
    PolicyPlan plan(String name, PinOptions options);

    /** Removes the pin; returns the change, or empty if the current policy stays. */
    Optional<PolicyChange> unpin();

    /**
     * Removes the pin of a scope: its loops go to the same driver as others. The loop or bundle of the scope need not
     * exist any more.
     *
     * @return the change, in a scope the scope's; empty if nothing changes
     */
    Optional<PolicyChange> unpin(PolicyScope scope);

    /**
     * Replaces the ranking of a policy's services. Like a pin, the new ranking survives a restart, and counts again
     * when the policy returns. A pin, and a policy that code installed, still take precedence.
     *
     * @return the change, or empty if the current policy stays
     * @throws IllegalArgumentException if no service has that name; the message lists the names and what to start
     */
    Optional<PolicyChange> rank(String name, int ranking);

    /**
     * Lets the ranking of a policy's services count again; returns the change, or empty if the current policy stays.
     */
    Optional<PolicyChange> unrank(String name);

    /**
     * Confirms a policy with the ranking that its service has now. This matters if {@code confirm.arrivals} is set in
     * the configuration {@code aio.policy}: a policy that arrives, or whose ranking changes, then replaces no working
     * policy until it is confirmed. A confirmed policy takes precedence over unconfirmed ones, whatever their rankings,
     * and counts with the confirmed ranking. A confirmation survives a restart as a pin does. It also ends a hold-down
     * of the policy.
     *
     * @return the change, or empty if the current policy stays
     * @throws IllegalArgumentException if no service has that name; the message lists the names and what to start
     */
    Optional<PolicyChange> confirm(String name);

    /** Takes a confirmation back; returns the change, or empty if the current policy stays. */
    Optional<PolicyChange> unconfirm(String name);

    /**
     * Drains all loops that run: their servers close, and connections have the time {@code patience} to end by
     * themselves. Connections that are still open then are closed; {@code connectionLost} of their protocols is called
     * with a cause. The loops continue to run. Blocks; must not be called on the thread of a loop.
     *
     * @return one line for each owner of connections that were closed; empty if all ended by themselves
     * @throws IllegalStateException on the thread of a loop
     */
    List<String> drain(Duration patience);

    /**
     * Closes a connection at once; {@code connectionLost} of its protocol is called with a cause that names the
     * operator. This runs on the loop's own thread, for which the method waits 2 s at most.
     *
     * @param loop the name of the loop
     * @param id the connection's {@link ConnectionInfo#id}
     * @return a snapshot of the connection from before
     * @throws IllegalArgumentException if no open loop has that name, or the loop has no such connection (any more)
     * @throws IllegalStateException if the loop's thread is not free in time, then the connection stays, and the
     *     message says what the loop is busy with; or on the thread of another loop
     */
    ConnectionInfo closeConnection(String loop, long id);

    /**
     * Ends a managed loop that was made by a configuration {@code aio.loop}, by deleting that configuration. The loop
     * ends a moment later; {@code connectionLost} of the protocols on it is called.
     *
     * @throws IllegalArgumentException if no open loop has that name; the message lists the names
     * @throws IllegalStateException if the loop was not made by a configuration, as the loop {@code shared}
     */
    void closeLoop(String name);
}
