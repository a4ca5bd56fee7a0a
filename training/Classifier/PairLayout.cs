namespace RailCluster.Training;

/// <summary>How a prompt and an answer stand in a row, as the post-processor of the published tokenizer.json sets them.</summary>
public static class PairLayout
{
    /// <summary>Tokens set beside the texts: one before the prompt, one after each of the two.</summary>
    public const int Marks = 3;

    /// <summary>The row's tokens and where those of the answer begin. A row that is too long loses the prompt's beginning, then the answer's.</summary>
    public static (int[] Tokens, int AnswerStart) Row(BpeTokenizer tokenizer, string prompt, string answer, int longest)
    {
        ArgumentNullException.ThrowIfNull(tokenizer);
        int[] asked = tokenizer.Encode(prompt), said = tokenizer.Encode(answer);
        said = said[Math.Max(0, said.Length + Marks - longest)..];
        asked = asked[Math.Max(0, asked.Length + said.Length + Marks - longest)..];
        var end = tokenizer.IdOf(SpecialTokens.End);
        return ([tokenizer.IdOf(SpecialTokens.Bos), .. asked, end, .. said, end], asked.Length + 2);
    }
}
