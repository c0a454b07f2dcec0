package aio.policy.jfr;

import aio.loop.ExchangeSlice;
import aio.loop.LoopBlock;
import aio.loop.LoopExchange;
import aio.policy.PolicyChange;
import java.util.List;

/** The events that there are: their names and fields are what users see, so they stay as they are. */
final class Events {
    private Events() {}

    static EventKind<PolicyChange> policyChange() {
        return new EventKind<>("PolicyChange", "Policy Change",
                "The process-wide policy has changed, and the loops have followed, or the wait for them has ended",
                List.of(
                        Field.number("number", "Number", PolicyChange::number),
                        Field.instant("since", "Since", PolicyChange::when),
                        Field.time("took", "Took", PolicyChange::duration),
                        Field.maybe("from", "From", PolicyChange::from),
                        Field.maybe("to", "To", PolicyChange::to),
                        Field.text("reason", "Reason", change -> change.reason().toString()),
                        Field.text("cause", "Cause", PolicyChange::cause),
                        Field.text("actor", "Actor", change -> change.actor().toString()),
                        Field.text("who", "Who", PolicyChange::who),
                        Field.number("loops", "Loops That Moved", PolicyChange::loops),
                        Field.number("toFollow", "Loops To Follow", PolicyChange::toFollow),
                        Field.number("kept", "Connections Kept", PolicyChange::kept),
                        Field.number("lost", "Channels Lost", PolicyChange::lost),
                        Field.time("longestPause", "Longest Pause", PolicyChange::longestPause),
                        Field.lines("stayed", "What Stayed Behind", PolicyChange::stayed)));
    }

    static EventKind<LoopExchange> exchange() {
        return new EventKind<>("LoopExchange", "Exchange of a Driver",
                "A loop has exchanged its driver, or has gone back to the one that it had",
                List.of(
                        Field.text("loop", "Loop", LoopExchange::loop),
                        Field.instant("since", "Since", LoopExchange::since),
                        Field.time("took", "Took", LoopExchange::lasted),
                        Field.maybe("from", "From", LoopExchange::from),
                        Field.bundle("fromBundle", "From Bundle", LoopExchange::fromBundle),
                        Field.maybe("to", "To", LoopExchange::to),
                        Field.bundle("toBundle", "To Bundle", LoopExchange::toBundle),
                        Field.number("slices", "Slices", LoopExchange::slices),
                        Field.number("kept", "Connections Kept", LoopExchange::kept),
                        Field.number("lost", "Channels Lost", LoopExchange::lost),
                        Field.time("longestPause", "Longest Pause", LoopExchange::longestPause),
                        Field.flag("returned", "Went Back", LoopExchange::isReturning)));
    }

    static EventKind<ExchangeSlice> slice() {
        return new EventKind<>("ExchangeSlice", "Slice of an Exchange",
                "A loop has carried some channels to another driver, and did nothing else meanwhile",
                List.of(
                        Field.text("loop", "Loop", slice -> slice.exchange().loop()),
                        Field.number("slice", "Slice", slice -> slice.exchange().slices()),
                        Field.number("channels", "Channels", ExchangeSlice::channels),
                        Field.time("pause", "Pause", ExchangeSlice::pause),
                        Field.maybe("from", "From", slice -> slice.exchange().from()),
                        Field.bundle("fromBundle", "From Bundle", slice -> slice.exchange().fromBundle()),
                        Field.maybe("to", "To", slice -> slice.exchange().to()),
                        Field.bundle("toBundle", "To Bundle", slice -> slice.exchange().toBundle()),
                        Field.number("kept", "Connections Kept So Far", slice -> slice.exchange().kept()),
                        Field.flag("returning", "Goes Back", slice -> slice.exchange().isReturning())));
    }

    static EventKind<LoopBlock> blockedLoop() {
        return block("BlockedLoop", "Blocked Loop", "A loop has been held up for 100 ms, and still is");
    }

    static EventKind<LoopBlock> slowCallback() {
        return block("SlowCallback", "Slow Callback",
                "What held up a loop for 100 ms or longer is over: a callback, a protocol, a driver");
    }

    private static EventKind<LoopBlock> block(String name, String label, String description) {
        return new EventKind<>(name, label, description,
                List.of(
                        Field.text("loop", "Loop", LoopBlock::loop),
                        Field.text("thread", "Thread", LoopBlock::thread),
                        Field.instant("since", "Since", LoopBlock::since),
                        Field.time("lasted", "Lasted", LoopBlock::lasted),
                        Field.maybe("culprit", "Culprit", LoopBlock::culprit),
                        Field.bundle("bundle", "Bundle", LoopBlock::bundle),
                        Field.lines("stack", "Stack", LoopBlock::stack)));
    }
}
