/**
 * What waits for its turn, in the order of the data: {@code Inbox} and {@code ReadyQueue} take callbacks,
 * {@code TimerHeap} keeps those that run later, {@code Agenda} holds them all.
 */
@NullMarked
package aio.core.kernel.queue;

import org.jspecify.annotations.NullMarked;
