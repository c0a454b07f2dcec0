/**
 * The completion driver: operations are posted, carried out ahead of the dispatch, and their results delivered in it.
 * It works on selectable channels, so that it can give every one of them back. Embedded into the policy bundles that
 * use it, so that exchanging the policy exchanges this code.
 */
package aio.driver.proactor;
