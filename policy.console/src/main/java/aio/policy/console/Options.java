package aio.policy.console;

import aio.policy.console.usage.Option;

/** The options of the commands that not every command has. */
final class Options {
    static final Option ALL = Option.flag(Help.ALL, "-a", "--all");
    static final Option RESET = Option.flag(Help.RESET, "--reset");
    static final Option TAKE_BACK = Option.flag(Help.TAKE_BACK, "--reset");
    static final Option COUNT = Option.number(Help.COUNT, "N", "-n", "--count");
    static final Option ROUNDS = Option.number(Help.ROUNDS, "N", "-n", "--count");
    static final Option EVERY = Option.number(Help.EVERY, "SECONDS", "-e", "--every");
    static final Option CLOSE = Option.number(Help.CLOSE, "ID", "--close");
    static final Option WAIT = Option.number(Help.WAIT, "SECONDS", "-w", "--wait");
    static final Option DRY_RUN = Option.flag(Help.DRY_RUN, "--dry-run");
    static final Option CANARY = Option.text(Help.CANARY, "LOOPS", "--canary");
    static final Option WATCHED = Option.text(Help.WATCHED, "TIME", "--watch");
    static final Option MAX_LAG = Option.text(Help.MAX_LAG, "TIME", "--max-lag");
    static final Option MAX_ERRORS = Option.text(Help.MAX_ERRORS, "SHARE", "--max-errors");
    static final Option FOR = Option.text(Help.FOR, "TIME", "--for");
    static final Option LOOP = Option.text(Help.ONE_LOOP, "NAME", "--loop");
    static final Option BUNDLE = Option.number(Help.ONE_BUNDLE, "ID", "--bundle");

    private Options() {}
}
