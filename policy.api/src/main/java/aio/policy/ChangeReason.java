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
    /** A bundle stopped, and with it went its policy, or what it had installed. */
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
    /** The operator let the ranking of the services count again. */
    UNRANKED,
    /** The operator confirmed a policy. */
    CONFIRMED,
    /** The operator took a confirmation back. */
    UNCONFIRMED,
    /** A bundle was uninstalled, and with it ended its scope. */
    BUNDLE_UNINSTALLED,
    /** The operator tried a policy on some loops. */
    TRIED,
    /** A policy was tried, and nothing was wrong. */
    TRIAL_PASSED,
    /** A policy was tried, and something was wrong: what held before holds again. */
    ROLLED_BACK,
    /** The pin has ended by itself, see {@link PinOptions#withDuration}. */
    PIN_ENDED,
    /** The configuration was changed. */
    CONFIGURED,
    /** A policy that was held down has been there for long enough without a break. */
    CALM_AGAIN,
    /** The driver of a policy failed. */
    DRIVER_FAILED,
    /** The driver of a policy was too late for its probe, and has passed it then. */
    DRIVER_PASSED;

    /** Returns the words that people and scripts read, such as {@code service arrived}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
