namespace RailCluster.Generation;

/// <summary>What a loop did.</summary>
internal sealed class LoopCounts
{
    /// <summary>Steps run.</summary>
    public long Steps { get; set; }

    /// <summary>Rows in flight, summed over steps.</summary>
    public long RowSteps { get; set; }

    /// <summary>Slots, summed over steps.</summary>
    public long SlotSteps { get; set; }

    /// <summary>Tokens of prompts that were run.</summary>
    public long PrefillTokens { get; set; }

    /// <summary>Tokens of prompts whose keys and values were copied from another prompt's.</summary>
    public long SavedTokens { get; set; }

    /// <summary>Time spent on prompts.</summary>
    public TimeSpan PrefillTime { get; set; }

    /// <summary>Time spent in steps.</summary>
    public TimeSpan StepTime { get; set; }

    /// <summary>Adds what another loop did.</summary>
    public void Add(LoopCounts other)
    {
        Steps += other.Steps;
        RowSteps += other.RowSteps;
        SlotSteps += other.SlotSteps;
        PrefillTokens += other.PrefillTokens;
        SavedTokens += other.SavedTokens;
        PrefillTime += other.PrefillTime;
        StepTime += other.StepTime;
    }
}
