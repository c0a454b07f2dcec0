package aio.policy.jmx;

import java.util.List;

/** {@code aio:type=Policies}: which policies there are, and what an operator does to them. Any thread. */
public interface PoliciesMXBean {

    /** Returns the name of the current policy; empty if there is none. */
    String getCurrent();

    /** Returns the name that an operator has pinned; empty if none is. */
    String getPinned();

    /** Returns all policies, in the order in which they would become current. */
    List<PolicyView> getPolicies();

    /** Returns what has changed, the latest last; as many changes as are kept. */
    List<ChangeView> getHistory();

    /**
     * Pins a policy, as {@code policy:use} does.
     *
     * @return what has changed, in a sentence
     * @throws IllegalArgumentException if there is none of that name; the message says which there are
     */
    String use(String name);

    /** Removes the pin, as {@code policy:auto} does; returns what has changed. */
    String auto();

    /**
     * Gives a policy another ranking, as {@code policy:rank} does.
     *
     * @return what has changed, in a sentence
     * @throws IllegalArgumentException if there is none of that name; the message says which there are
     */
    String rank(String name, int ranking);

    /** Lets the policy's own ranking count again, as {@code policy:rank --reset}; returns what has changed. */
    String resetRank(String name);

    /**
     * Confirms a policy that has arrived, as {@code policy:confirm} does.
     *
     * @return what has changed, in a sentence
     * @throws IllegalArgumentException if there is none of that name; the message says which there are
     */
    String confirm(String name);

    /** Takes a confirmation back, as {@code policy:confirm --reset}; returns what has changed. */
    String resetConfirmation(String name);
}
