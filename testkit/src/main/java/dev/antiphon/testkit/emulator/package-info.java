/**
 * The Realtime API emulator: the protocol, voice activity detection, items, responses, usage, in real or virtual time.
 *
 * <p>{@link dev.antiphon.testkit.emulator.RealtimeEmulator} is the server on 127.0.0.1;
 * {@link dev.antiphon.testkit.emulator.EmulatorEndpoint} is the same inside another server;
 * {@link dev.antiphon.testkit.emulator.EmulatedSession} is one session without a transport, in whatever time a
 * {@link dev.antiphon.testkit.emulator.Timeline} keeps. What it says comes from a
 * {@link dev.antiphon.testkit.emulator.Brain}; what goes wrong, from a {@link dev.antiphon.testkit.emulator.FaultScript}.
 * All latencies are simulated.
 */
@NullMarked
package dev.antiphon.testkit.emulator;

import org.jspecify.annotations.NullMarked;
