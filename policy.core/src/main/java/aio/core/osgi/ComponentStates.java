package aio.core.osgi;

import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;

/** What the component runtime knows of components that have registered nothing. Any thread. */
@FunctionalInterface
interface ComponentStates {

    /** Returns why a started bundle has registered no policy, as the end of a sentence; null if nothing is known. */
    @Nullable String whyNoPolicy(Bundle bundle);
}
