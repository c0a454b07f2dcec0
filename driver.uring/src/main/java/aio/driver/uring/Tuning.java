package aio.driver.uring;

/**
 * Choices of the driver that tests change.
 *
 * @param asksJdk the JDK is asked for descriptors first, and the system only if the JDK does not tell them
 * @param receivesAtOnce the kernel receives by itself from the beginning of each stream, not only once that is
 *     worthwhile
 */
record Tuning(boolean asksJdk, boolean receivesAtOnce) {
    static final Tuning USUAL = new Tuning(true, false);
}
