using RailCluster.Contracts;

namespace RailCluster.Services.Tests;

public sealed class CallSlotsTests
{
    private static readonly QuotaGrant.Granted Block = new(4, TimeSpan.FromSeconds(0.2), TimeSpan.FromSeconds(0.1), InFlight: 1);

    [Fact]
    public void Add_TheGrantWasLongOnItsWay_IsNotUsed()
    {
        var (slots, tally) = (new CallSlots(), new CallTally());
        slots.Add(Block, credits: 0.5, asked: TimeSpan.Zero, now: TimeSpan.FromSeconds(1.4));
        slots.Lapse(TimeSpan.FromSeconds(1.4), held: TimeSpan.Zero, tally);
        // Due at 1.6 to 1.9 s if reckoned on arrival, gone at 1.2 to 1.5 s if reckoned when it was asked for.
        Assert.Equal(2, slots.Count);
        slots.Lapse(TimeSpan.FromSeconds(1.6), held: TimeSpan.Zero, tally);
        Assert.Equal(0, slots.Count);
        QuotaReport report = tally.Take();
        Assert.Equal((4, 2.0), (report.UnusedCalls, report.UnusedCredits));
        Assert.Equal(new QuotaReport(0, 0, 0, 0, 0, 0), tally.Take());
    }

    [Fact]
    public void Lapse_TheServiceAskedToBeLeftAlone_DropsWhatIsDueBefore()
    {
        var (slots, tally) = (new CallSlots(), new CallTally());
        slots.Add(Block, credits: 0, asked: TimeSpan.Zero, now: TimeSpan.Zero);
        slots.Lapse(TimeSpan.Zero, held: TimeSpan.FromSeconds(0.35), tally);
        Assert.Equal((2, TimeSpan.FromSeconds(0.4)), (slots.Count, slots.Next!.Value.Due));
    }
}
