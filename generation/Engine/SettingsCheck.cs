using RailCluster.Contracts;
using RailCluster.Evaluation;

namespace RailCluster.Generation;

/// <summary>Refuses settings that mean nothing.</summary>
internal static class SettingsCheck
{
    /// <summary>Checks every setting and names all that are wrong.</summary>
    /// <exception cref="RailInputException">One or more are outside their range.</exception>
    public static void Require(GenerationSettings settings)
    {
        var faults = new List<string>();
        void Check(bool holds, string fault)
        {
            if (!holds)
                faults.Add(fault);
        }

        Check(settings.MaxNewTokens >= 1, $"max new tokens is {settings.MaxNewTokens}, and must be 1 or more");
        Check(settings.MinNewTokens >= 0, $"min new tokens is {settings.MinNewTokens}, and must be 0 or more");
        Check(settings.Temperature is >= 0 and < double.PositiveInfinity, FormattableString.Invariant($"temperature is {settings.Temperature}, and must be 0 or more"));
        Check(settings.TopK >= 0, $"top-k is {settings.TopK}, and must be 0 or more");
        Check(settings.TopP is > 0 and <= 1, FormattableString.Invariant($"top-p is {settings.TopP}, and must be above 0 and at most 1"));
        Check(
            settings.RepetitionPenalty is > 0 and < double.PositiveInfinity,
            FormattableString.Invariant($"repetition penalty is {settings.RepetitionPenalty}, and must be above 0"));
        Check(settings.NoRepeatNgram >= 0, $"no-repeat n-gram is {settings.NoRepeatNgram}, and must be 0 or more");
        Check(settings.StopStrings.All(stop => stop.Length > 0), "a stop string is empty");
        if (faults.Count > 0)
            throw new RailInputException($"Generation settings: {string.Join("; ", faults)}");
    }
}
