/** The transcripts of the documents, which the tests of more than one container compare with what is printed. */
@NullMarked
package aio.dist.transcripts;

import org.jspecify.annotations.NullMarked;
