// SPDX-License-Identifier: Apache-2.0
/**
 * The same work done by this library and by others on the JVM. {@link
 * dev.pushwright.benchmarks.Peers} starts a process for each piece of work of each library, with a
 * class path of that library's own, so that neither conflicts nor failures reach the rest; {@link
 * dev.pushwright.benchmarks.peers.PeerMain} is what runs in it.
 *
 * <p>A library is added by a folder beside {@code benchmarks/peers/ranksys}: a POM that names its
 * jars, a class that implements {@link dev.pushwright.benchmarks.peers.Peer} and has a {@code
 * main}, and the file {@code peer.args} with the options of its JVM and the name of that class.
 * What runs in the process uses no library of ours but this package, and of it only what needs the
 * JDK alone.
 */
@NullMarked
package dev.pushwright.benchmarks.peers;

import org.jspecify.annotations.NullMarked;
