package aio.policy.jmx;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code aio:type=Policies}: which policies there are, and what an operator does to them. Any thread. */
public interface PoliciesMXBean {

    /** Returns the name of the current policy; empty if there is none. */
    String getCurrent();

    /** Returns the name that an operator has pinned; empty if none is. */
    String getPinned();

    /** Returns when the pin ends by itself, such as {@code 2026-01-31T03:00:00Z}; empty if it does not. */
    String getPinnedUntil();

    /** Returns what is pinned for some loops only: scopes such as {@code loop:edge}, each with the policy's name. */
    Map<String, String> getScopePins();

    /** Returns the rankings that an operator has given, by the policy's name. */
    Map<String, Integer> getRanks();

    /** Returns the rankings that an operator has confirmed, by the policy's name. */
    Map<String, Integer> getConfirmed();

    /** Returns the trial that is under way, else the one that was over last; null if there was none. */
    @Nullable TrialView getTrial();

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

    /**
     * Pins a policy as options say, as {@code policy:use} does. With {@code --canary} or {@code --watch} this is a
     * trial: it returns when the loops that go first have been asked to, and {@link #getTrial} shows how it continues.
     *
     * @param options as they are typed after the name on the console, {@code --canary 50% --watch 30s --max-lag 30ms}
     *     for instance: {@code --canary}, {@code --watch}, {@code --max-lag}, {@code --max-errors}, {@code --for},
     *     {@code --loop}, {@code --bundle}; quotes keep a name with blanks together; empty: as without
     * @return what has changed, in a sentence
     * @throws IllegalArgumentException if there is no policy of that name, no such loop or bundle, or an option is
     *     wrong; the message says what is expected
     */
    String use(String name, String options);

    /**
     * Says what {@link #use(String, String)} would do to each loop and why, as {@code policy:use --dry-run} does, and
     * changes nothing.
     *
     * @throws IllegalArgumentException as there
     */
    PlanView plan(String name, String options);

    /** Removes the pin, as {@code policy:auto} does; returns what has changed. */
    String auto();

    /**
     * Removes the pin of some loops, as {@code policy:auto} does; returns what has changed.
     *
     * @param options {@code --loop NAME} or {@code --bundle ID}; empty: as without
     * @throws IllegalArgumentException if an option is wrong; the message says what is expected
     */
    String auto(String options);

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
