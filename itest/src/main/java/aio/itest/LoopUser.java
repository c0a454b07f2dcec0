package aio.itest;

import aio.loop.EventLoop;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** A component as users write them: it takes a loop, and does not say which. */
@Component(service = LoopUser.class)
public final class LoopUser {
    private final EventLoop loop;

    /** For the service component runtime. */
    @Activate
    public LoopUser(@Reference EventLoop loop) {
        this.loop = loop;
    }

    EventLoop loop() {
        return loop;
    }
}
