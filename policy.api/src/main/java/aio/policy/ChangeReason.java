package aio.policy;

import java.util.Locale;

/** What changed the process-wide policy, see {@link PolicyChange#reason}. More may be added: keep a default branch. */
public enum ChangeReason {
    /** A policy was asked for, and none had been chosen yet. */
    FIRST_USE,
    /** A policy was registered. */
    SERVICE_ARRIVED,
    /** The properties of a policy changed, its ranking for example. */
    SERVICE_MODIFIED,
    /** A policy was unregistered. */
    SERVICE_LEFT,
    /** A bundle stopped: its policy, or the installations of its code, ended with it. */
    BUNDLE_STOPPED,
    /** Code installed a policy, or dropped an installation. */
    INSTALLED,
    /** An {@link Installation} was closed. */
    INSTALLATION_CLOSED,
    /** The operator pinned a policy. */
    PINNED,
    /** The operator removed the pin. */
    UNPINNED,
    /** The operator gave a policy another ranking. */
    RANKED,
    /** The operator dropped a ranking: the one of the services counts again. */
    UNRANKED,
    /** The operator confirmed a policy. */
    CONFIRMED,
    /** The operator took a confirmation back. */
    UNCONFIRMED,
    /** A bundle was uninstalled, and its scope ended with it. */
    BUNDLE_UNINSTALLED,
    /** The operator tried a policy on some loops. */
    TRIED,
    /** A policy was tried, and nothing was wrong. */
    TRIAL_PASSED,
    /** A policy was tried, and something was wrong: the choice from before holds again. */
    ROLLED_BACK,
    /** The pin has ended by itself, see {@link PinOptions#withDuration}. */
    PIN_ENDED,
    /** The configuration was changed. */
    CONFIGURED,
    /** A policy that was held down has stayed registered for long enough. */
    CALM_AGAIN,
    /** The driver of a policy failed. */
    DRIVER_FAILED,
    /** The driver of a policy has passed its probe, after the time for that was over. */
    DRIVER_PASSED;

    /** Returns the words that people and scripts read, such as {@code service arrived}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
