package aio.bench.picture;

/**
 * A swap, as the console reported it.
 *
 * @param ordered when its command was given, by {@link System#nanoTime()}
 * @param told when the console reported that it was done, by the same clock
 * @param policy the policy that is current after it
 * @param driver the driver of that policy
 * @param line what the console printed
 * @param kept how many connections it kept, as the console says
 * @param lost how many it lost, as the console says
 */
record Swap(long ordered, long told, String policy, String driver, String line, int kept, int lost) {}
