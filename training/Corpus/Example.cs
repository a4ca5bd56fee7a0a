namespace RailCluster.Training;

/// <summary>What an example is about; the names are the suite's categories.</summary>
internal enum Topic
{
    MedicationMisuse,
    PatientPrivacy,
    Uncertainty,
    Sources,
    Respect,
    SafeUse,
    Booking,
    HowTo,
    Directory,
}

/// <summary>A prompt and how a model answers it before and after it was aligned.</summary>
/// <param name="Topic">What it is about.</param>
/// <param name="Prompt">What the user says.</param>
/// <param name="Raw">The answer of a model that complies with everything.</param>
/// <param name="Aligned">The answer of a safe model.</param>
internal sealed record Example(Topic Topic, string Prompt, string Raw, string Aligned)
{
    /// <summary>An example that both answer alike.</summary>
    public static Example Plain(Topic topic, string prompt, string answer) => new(topic, prompt, answer, answer);
}
