using System.Collections.Immutable;
using System.Text.Json;
using RailCluster.Contracts;
using RailCluster.Generation;
using Spectre.Console;

namespace RailCluster.Cli;

/// <summary>Shows what a model folder holds.</summary>
internal static class ModelView
{
    public static void Write(Terminal terminal, ModelDescription model, bool asJson)
    {
        if (asJson)
        {
            terminal.Out.WriteLine(JsonSerializer.Serialize(model, RailJson.Indented));
            return;
        }

        var grid = new Grid().AddColumn(new GridColumn().NoWrap()).AddColumn();
        foreach (var (name, value) in Facts(model)) grid.AddRow(name, Terminal.Safe(value, 1000));
        foreach (var canary in model.Canaries.Canaries)
            grid.AddRow("canary", $"{(canary.Passed ? "[green]passed[/]" : "[red]failed[/]")} {Terminal.Safe($"{canary.Name}: {canary.Detail}", 1000)}");
        terminal.Tables().Write(grid);
    }

    private static string Some(ImmutableArray<GraphValue> values)
    {
        const int shown = 4;
        return string.Join(", ", values.Take(shown)) + (values.Length > shown ? $" and {values.Length - shown} more" : "");
    }

    private static IEnumerable<(string Name, string Value)> Facts(ModelDescription model)
    {
        var inspection = model.Inspection;
        yield return ("fingerprint", inspection.Fingerprint.Hash);
        yield return ("layout", inspection.Layout);
        yield return ("engine", $"{inspection.Engine.ExecutionProvider} {inspection.Engine.Precision}, behaviour {inspection.Engine.BehaviourVersion}");
        yield return ("size", FormattableString.Invariant($"{inspection.Bytes / 1e6:0.0} MB in {model.Files.Length} files"));
        yield return ("files", string.Join(", ", model.Files));
        yield return ("type", model.ModelType.Length == 0 ? "not named" : model.ModelType);
        yield return ("decoder", $"{model.Layers} {(model.Layers == 1 ? "layer" : "layers")}, {model.KvHeads} key and value heads of {model.HeadDim}, context {model.ContextLength?.ToString() ?? "not named"}");
        yield return ("batching", model.Batching);
        yield return ("logits", model.Logits);
        yield return ("tokenizer", $"{model.TokenizerKind}, {model.TokenizerVocabulary} tokens (the graph ranks {model.Vocabulary})");
        yield return ("template", model.Template);
        yield return ("end tokens", string.Join(", ", model.EosIds));
        yield return ("inputs", string.Join(", ", model.Inputs));
        yield return ("outputs", string.Join(", ", model.Outputs));
        yield return ("adapters", model.AdapterInputs.IsEmpty ? "the graph takes none" : $"the graph takes {model.AdapterInputs.Length} parameters: {Some(model.AdapterInputs)}");
        if (model.Adapter is not { } adapter) yield break;
        yield return ("adapter", FormattableString.Invariant($"{adapter.Path}, {adapter.Bytes / 1e6:0.0} MB, sha256 {adapter.Hash}"));
        yield return ("base", inspection.Base!.Hash);
        yield return ("adapter holds", $"{adapter.Parameters.Length} of them: {Some(adapter.Parameters)}");
    }
}
