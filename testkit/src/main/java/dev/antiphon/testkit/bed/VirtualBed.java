package dev.antiphon.testkit.bed;

import dev.antiphon.session.VoiceSessions;
import dev.antiphon.testkit.caller.CallRecord;
import dev.antiphon.testkit.caller.CallerScript;
import dev.antiphon.testkit.caller.PlacedCall;
import dev.antiphon.testkit.emulator.EmulatedModels;
import dev.antiphon.testkit.emulator.EmulatorEndpoint;
import dev.antiphon.testkit.emulator.EmulatorSettings;
import dev.antiphon.testkit.virtual.VirtualNetwork;
import dev.antiphon.testkit.virtual.VirtualWorld;
import java.net.URI;
import java.time.Duration;
import java.util.Random;

/** A test bed in virtual time. */
final class VirtualBed implements TestBed {
    private static final URI MODEL = URI.create("ws://model/v1/realtime");
    private static final URI AGENT = URI.create("ws://agent/v1/realtime");

    private final EmulatedParts parts;
    private final VirtualWorld world;
    private final VirtualNetwork network;
    private final ModelCalls calls;

    private VirtualBed(EmulatedParts parts, VirtualWorld world, VirtualNetwork network, ModelCalls calls) {
        this.calls = calls;
        this.parts = parts;
        this.world = world;
        this.network = network;
    }

    static VirtualBed create(BedSettings settings, Agent agent) {
        EmulatedParts parts = new EmulatedParts(settings);
        EmulatorSettings emulator = parts.emulator();
        ModelCalls calls = new ModelCalls(emulator.observer());
        VirtualWorld world = VirtualWorld.beginningAt(settings.begin());
        VirtualNetwork network = new VirtualNetwork(world.timeline(), settings.latency());
        network.listen(MODEL.getAuthority(), new EmulatorEndpoint(emulator.withObserver(calls), world::timeline));
        network.listen(
                AGENT.getAuthority(),
                agent.start(new Agent.Surroundings(
                        world.system(VoiceSessions.create(), "agent"),
                        network,
                        EmulatedModels.ladder(MODEL),
                        world.clock(),
                        new Random(settings.seed()),
                        world.after(settings.toolTime()))));
        return new VirtualBed(parts, world, network, calls);
    }

    @Override
    public PlacedCall place(String name, CallerScript script, Manner manner, Duration later) {
        return parts.place(name, script, manner, later, world.timeline(), network, AGENT);
    }

    @Override
    public TestCall call() {
        return new TestCall(world.timeline(), network, AGENT, calls::all);
    }

    @Override
    public CallRecord await(PlacedCall call, Duration limit) {
        world.runWhile(() -> !call.ended().isDone(), limit);
        if (!call.ended().isDone()) {
            throw new CallTooLong(limit);
        }
        return call.ended().join();
    }

    @Override
    public Duration elapsed() {
        return world.elapsed();
    }

    @Override
    public void close() {
        world.close();
    }
}
