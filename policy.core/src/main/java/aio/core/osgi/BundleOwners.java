package aio.core.osgi;

import aio.core.foreign.Text;
import aio.core.registry.Callers;
import aio.core.registry.Owner;
import aio.core.registry.Owners;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;

/** Names the bundles of classes and callers. Any thread. */
final class BundleOwners implements Owners {

    @Override
    public Owner of(Class<?> type) {
        return of(FrameworkUtil.getBundle(type));
    }

    @Override
    public Owner caller() {
        return Callers.find().map(this::of).orElse(Owner.NONE);
    }

    @Override
    public Owner maker() {
        return Callers.findMaker().map(this::of).orElse(Owner.NONE);
    }

    @Override
    public Owner bundle(long id) {
        Bundle mine = FrameworkUtil.getBundle(BundleOwners.class);
        BundleContext context = mine == null ? null : mine.getBundleContext();
        return context == null ? Owner.NONE : of(context.getBundle(id));
    }

    static Owner of(@Nullable Bundle bundle) {
        if (bundle == null) {
            return Owner.NONE;
        }
        String name = bundle.getSymbolicName();
        return new Owner(bundle.getBundleId(), Text.clean(name == null ? bundle.getLocation() : name));
    }
}
