/** What the kernel guarantees to several threads, as jcstress tests. */
package aio.core.kernel.queue;
