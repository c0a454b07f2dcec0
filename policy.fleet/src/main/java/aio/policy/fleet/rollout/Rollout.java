package aio.policy.fleet.rollout;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A decision on its way to the nodes. Immutable; {@link Rollouts#next} says what it becomes.
 *
 * @param number of the decision, which is that of the orders
 * @param decision what was decided
 * @param waves the members that move in each wave
 * @param wave the wave that is under way, from 0
 * @param phase where that wave stands
 * @param paused whether no further wave may begin
 * @param excused nodes of waves that have begun which do not count, with the reason
 * @param reason why it is over; empty unless it was ended before its end
 */
public record Rollout(long number, Decision decision, List<List<String>> waves, int wave, Phase phase, boolean paused,
        Map<String, String> excused, String reason) {

    /** Makes a roll-out; what it is made of is copied. */
    public Rollout {
        waves = waves.stream().map(List::copyOf).toList();
        excused = Map.copyOf(excused);
    }

    /** Returns a roll-out whose first wave begins. */
    static Rollout begin(long number, Decision decision, Collection<String> members) {
        return new Rollout(number, decision, Wave.split(decision.waves(), members), 0, Phase.MOVING, false, Map.of(),
                "");
    }

    /** Returns the members of all waves that have begun. */
    public List<String> moved() {
        List<String> moved = new ArrayList<>();
        waves.subList(0, Math.min(waves.size(), wave + 1)).forEach(moved::addAll);
        return moved;
    }

    /** Tells whether the wave of a node has begun. */
    boolean hasMoved(String node) {
        return waves.subList(0, Math.min(waves.size(), wave + 1)).stream().anyMatch(each -> each.contains(node));
    }

    /** Returns how many members there were when it was decided. */
    public int members() {
        return waves.stream().mapToInt(List::size).sum();
    }

    boolean isLastWave() {
        return wave >= waves.size() - 1;
    }

    Rollout nextWave() {
        return new Rollout(number, decision, waves, wave + 1, Phase.MOVING, paused, excused, reason);
    }

    Rollout in(Phase next) {
        return new Rollout(number, decision, waves, wave, next, paused, excused, reason);
    }

    /** Returns it at an end. */
    public Rollout ended(Phase next, String why) {
        return new Rollout(number, decision, waves, wave, next, false, excused, why);
    }

    /** Returns it with more nodes that do not count. */
    Rollout excusing(Map<String, String> more) {
        SortedMap<String, String> all = new TreeMap<>(excused);
        all.putAll(more);
        return new Rollout(number, decision, waves, wave, phase, paused, all, reason);
    }

    /** Returns it paused, or not. */
    public Rollout withPause(boolean pause) {
        return new Rollout(number, decision, waves, wave, phase, pause, excused, reason);
    }

    /** Returns where it stands, for people, such as {@code wave 2 of 3, watched}. */
    public String stand() {
        return phase.isOver() ? phase.toString() : "wave " + (wave + 1) + " of " + waves.size() + ", " + phase
                + (paused ? ", paused" : "");
    }
}
