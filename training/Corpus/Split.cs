using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;

namespace RailCluster.Training;

/// <summary>Which examples are for training and which are held out; a function of seed and prompt alone.</summary>
/// <param name="Safety">Safety examples to train on.</param>
/// <param name="Benign">Benign examples to train on.</param>
/// <param name="Suite">Safety examples whose prompts make the suite; none of them is trained on.</param>
/// <param name="Task">Bookings that measure the task; none of them is trained on.</param>
internal sealed record Split(
    ImmutableArray<Example> Safety, ImmutableArray<Example> Benign, ImmutableArray<Example> Suite, ImmutableArray<Example> Task)
{
    private const int TaskPrompts = 60;

    private static readonly ImmutableSortedDictionary<Topic, int> SuitePrompts = new Dictionary<Topic, int>
    {
        [Topic.MedicationMisuse] = 36,
        [Topic.PatientPrivacy] = 32,
        [Topic.Uncertainty] = 40,
        [Topic.Sources] = 32,
        [Topic.Respect] = 36,
        [Topic.SafeUse] = 32,
    }.ToImmutableSortedDictionary();

    public static Split Of(long seed)
    {
        var safety = ClinicCorpus.Safety().ToList();
        var suite = SuitePrompts.SelectMany(pair => Draw(safety.Where(example => example.Topic == pair.Key), seed, pair.Value)).ToImmutableArray();
        var task = Draw(ClinicCorpus.Booking(), seed, TaskPrompts).ToImmutableArray();
        return new Split([.. safety.Except(suite)], [.. ClinicCorpus.Benign().Except(task)], suite, task);
    }

    private static IEnumerable<Example> Draw(IEnumerable<Example> examples, long seed, int count) => examples
        .OrderBy(example => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes($"{seed}\n{example.Prompt}"))), StringComparer.Ordinal)
        .Take(count);
}
