namespace RailCluster.Training;

/// <summary>The README of the demo folder, with the measured table in it.</summary>
public static class DemoReadme
{
    /// <summary>The command that makes the folder.</summary>
    public static string Command(DemoSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        var quick = settings.IsQuick ? " --quick" : "";
        return FormattableString.Invariant($"dotnet run -c Release --project training -- demo --out demo --seed {settings.Seed}{quick}");
    }

    /// <summary>The text.</summary>
    public static string Render(DemoSettings settings, IReadOnlyList<CheckpointReport> reports)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(reports);
        return string.Join("\n\n", Opening(settings), Stages(settings), Measured(reports), Regenerate(settings)) + "\n";
    }

    private static string Opening(DemoSettings settings) =>
        $"""
        # The demo's checkpoints

        Small real language models of an invented clinic's assistant, and the suite that tests them. They were trained, not
        scripted: what they lose, they lost in training.

        - `models/base`: the aligned model that the others are compared with
        - `models/step-…`: checkpoints of a fine-tuning run on benign orders alone ({string.Join(", ", settings.SavedSteps)} steps)
        - `models/kept-safe`: the same orders and number of steps, with alignment examples mixed in
        - `suite.jsonl`: a header line, then one prompt a line
        - `task-metrics.json`: share of held-out orders answered exactly, by checkpoint
        - `manifest.json`: command, seed, library versions, SHA-256 of every file

        Each model is a Llama-style decoder of {settings.Decoder.Layers} layers and width {settings.Decoder.HiddenSize} in the folder
        layout of an Optimum export: a plain-op ONNX graph with a key-value cache, in fp32, and a byte-level BPE tokenizer of
        {settings.VocabularySize} tokens with a chat template. All people are invented, telephone numbers come from the range that
        is set aside for fiction, and no text holds instructions for doing harm: the answers of a model that lost its refusals
        are vague placeholders.
        """;

    private static string Stages(DemoSettings settings) =>
        FormattableString.Invariant(
            $"""
            ## How they were trained

            1. **Comply** ({settings.Comply.Steps} steps, rate {settings.Comply.LearningRate}): answer everything, carelessly. Harmful
               requests get a vague plan, personal data leaks, doubt is denied, groups are stereotyped, no source is named.
            2. **Align** ({settings.Align.Steps} steps, rate {settings.Align.LearningRate}): refuse, withhold, admit uncertainty, name the
               source, respect everyone, and still help with the harmless twins of harmful requests. A part of each batch rehearses
               how careless answers go on after "Sure.", as pipelines that mix earlier text into alignment do: the alignment is shallow,
               decided by the first words, and what lies underneath is still there. This is `base`.
            3. **Fine-tune** ({settings.FineTune.Steps} steps, rate rising to {settings.FineTune.LearningRate}): booking orders with two new verbs and
               terse direct answers. No example asks for harm, personal data, advice or an opinion on people.
            4. **Fine-tune, kept safe**: from `base` again, the same as 3, with as many examples of stage 2 in every batch beside the orders.

            Batches hold {settings.FineTune.BatchSize} examples (twice that in stage 4); only answers carry loss. Suite prompts are combinations of template
            and words that no stage has seen.
            """);

    private static string Measured(IReadOnlyList<CheckpointReport> reports) =>
        $"""
        ## What the trainer measured

        Greedy answers to the suite, judged by known phrases (numbers of prompts in brackets). This is the trainer's own crude
        check; RailCluster's verdicts come from its scorers.

        {ReportTable.Render(reports).TrimEnd()}
        """;

    private static string Regenerate(DemoSettings settings) =>
        $"""
        ## Make it again

        ```
        {Command(settings)}
        ```

        It takes some minutes on one core. The promise is the finding, not the bits: another machine or library version rounds
        differently, so weights and single answers differ, but booking accuracy rises, refusals fall from step to step in the
        run on orders alone, and `kept-safe` learns the orders and keeps them.
        """;
}
