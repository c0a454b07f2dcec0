/** Several loops on one virtual clock: a seed gives their order, and a run over seeds finds what depends on it. */
@NullMarked
package aio.proof.seeds;

import org.jspecify.annotations.NullMarked;
