package aio.policy.console;

/** What each command says of itself, in every shell. */
final class Help {
    /** {@code policy:list}. */
    static final String POLICY_LIST = "lists the policies, in the order in which they would become current";

    /** {@code policy:list --all}. */
    static final String ALL = "also those that were refused, and bundles that would bring one but are not started";

    /** {@code policy:current}. */
    static final String POLICY_CURRENT = "shows the process-wide policy";

    /** {@code policy:info}. */
    static final String POLICY_INFO = "shows all there is to know of one policy";

    /** {@code policy:use}. */
    static final String POLICY_USE = "pins a policy: it is current whenever it is there";

    /** {@code policy:use --dry-run}. */
    static final String DRY_RUN = "says what would happen to each loop and why, and changes nothing";

    /** {@code policy:use --canary}. */
    static final String CANARY = "these loops go first: loop:NAME, bundle:ID, or a share such as 50%";

    /** {@code policy:use --watch}. */
    static final String WATCHED = "looks at the loops for so long, as 30s, then keeps the pin or takes it back";

    /** {@code policy:use --max-lag}. */
    static final String MAX_LAG = "the lag that 99 of 100 looks for I/O may have meanwhile, 100ms unless given";

    /** {@code policy:use --max-errors}. */
    static final String MAX_ERRORS = "how many more connections may fail than on the other loops, 1% unless given";

    /** {@code policy:use --for}. */
    static final String FOR = "removes the pin by itself after so long, as 2h";

    /** {@code policy:use --loop}. */
    static final String ONE_LOOP = "for the loops of that name alone, not for the process";

    /** {@code policy:use --bundle}. */
    static final String ONE_BUNDLE = "for the loops that the code of that bundle makes alone";

    /** {@code policy:auto}. */
    static final String POLICY_AUTO = "removes the pin: code and rankings decide again";

    /** {@code policy:why}. */
    static final String POLICY_WHY = "says of each policy, or of one, why it is or is not current";

    /** {@code policy:rank}. */
    static final String POLICY_RANK = "gives a policy another ranking, or shows the rankings that were given";

    /** {@code policy:rank --reset}. */
    static final String RESET = "lets the ranking of the policy's service count again";

    /** The arguments of {@code policy:rank}. */
    static final String POLICY_AND_RANKING = "a policy, and a whole number, min or max";

    /** {@code policy:confirm}. */
    static final String POLICY_CONFIRM = "confirms a policy that has arrived, or shows what is confirmed";

    /** {@code policy:confirm --reset}. */
    static final String TAKE_BACK = "takes the confirmation back";

    /** {@code policy:history}. */
    static final String POLICY_HISTORY = "lists the changes of the process-wide policy, the latest last";

    /** {@code policy:watch}. */
    static final String POLICY_WATCH =
            "prints changes as they come, until Ctrl-C (in Karaf) or Enter (elsewhere) is typed";

    /** {@code policy:watch --count}. */
    static final String COUNT = "ends after that many changes";

    /** {@code loop:list}. */
    static final String LOOP_LIST = "lists the open loops";

    /** {@code loop:info}. */
    static final String LOOP_INFO = "shows all there is to know of every open loop, or of one";

    /** {@code loop:stats}. */
    static final String LOOP_STATS = "shows the numbers of every open loop, or of one: now, and since it was made";

    /** {@code loop:top}. */
    static final String LOOP_TOP =
            "shows how busy loops are, and with whose code; on a terminal until Ctrl-C (in Karaf) or q and Enter"
                    + " (elsewhere) are typed";

    /** {@code loop:top --count}. */
    static final String ROUNDS = "ends after that many rounds; one unless given, on a terminal any number";

    /** {@code loop:top --every}. */
    static final String EVERY = "how long a round takes, 1 unless given";

    /** {@code loop:blocked}. */
    static final String LOOP_BLOCKED = "lists what has held up loops, or one, for 100 ms or longer, the latest first";

    /** {@code loop:connections}. */
    static final String LOOP_CONNECTIONS = "lists the stream connections of a loop, the oldest first, or closes one";

    /** {@code loop:connections --close}. */
    static final String CLOSE = "closes the connection of that number, whatever it is doing";

    /** {@code loop:tasks}. */
    static final String LOOP_TASKS = "shows the tasks of every open loop, or of one, as a tree: what each waits for";

    /** {@code loop:close}. */
    static final String LOOP_CLOSE = "ends a managed loop, by deleting the configuration that made it";

    /** {@code loop:drain}. */
    static final String LOOP_DRAIN = "closes all servers, lets connections end by themselves, then closes the rest";

    /** {@code loop:drain --wait}. */
    static final String WAIT = "how long connections may take, 10 unless given";

    /** An argument. */
    static final String POLICY = "the name of the policy, as policy:list shows it";

    /** An argument. */
    static final String LOOP = "the name of the loop, as loop:list shows it";

    /** All that is typed after a command, for shells that ask its method. */
    static final String WORDS = "options and arguments: --help lists them";

    private Help() {}
}
