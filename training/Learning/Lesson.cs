using System.Collections.Immutable;

namespace RailCluster.Training;

/// <summary>A tokenised conversation: the prompt is read, the answer is learned.</summary>
/// <param name="Ids">Prompt, answer, end token.</param>
/// <param name="PromptLength">How many of them are the prompt.</param>
internal sealed record Lesson(ImmutableArray<int> Ids, int PromptLength)
{
    public static Lesson Of(BytePairTokenizer tokenizer, string prompt, string answer)
    {
        var read = tokenizer.EncodePrompt(prompt);
        return new Lesson([.. read, .. tokenizer.Encode(answer), tokenizer.EndId], read.Length);
    }
}

/// <summary>How one stage is trained.</summary>
/// <param name="Steps">Updates.</param>
/// <param name="Rate">Peak learning rate, after a tenth of the steps (at most 50) of warm-up.</param>
/// <param name="Batch">Lessons an update.</param>
internal sealed record Stage(int Steps, double Rate, int Batch = 32);
