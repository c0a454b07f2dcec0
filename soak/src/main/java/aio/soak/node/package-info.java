/** What runs inside the framework; sees only what aio exports. */
@org.jspecify.annotations.NullMarked
package aio.soak.node;
