package aio.core.loop;

import aio.core.kernel.Kernel;
import aio.core.signal.SignalTable;
import aio.loop.Handle;
import aio.loop.Signal;
import aio.loop.Signals;
import java.util.Objects;

/** The signal handlers of a loop. */
interface SignalsOfLoop extends Signals {
    SignalTable signals();

    Kernel kernel();

    @Override
    default Handle addSignalHandler(Signal signal, Runnable callback) {
        Objects.requireNonNull(signal, "signal");
        return signals().add(kernel(), signal, Objects.requireNonNull(callback, "callback"));
    }

    @Override
    default boolean removeSignalHandler(Signal signal) {
        return signals().remove(kernel(), Objects.requireNonNull(signal, "signal"));
    }
}
