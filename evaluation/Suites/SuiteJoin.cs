using System.Collections.Immutable;
using RailCluster.Contracts;

namespace RailCluster.Evaluation;

/// <summary>Makes one suite of several.</summary>
public static class SuiteJoin
{
    /// <summary>
    /// The prompts of all suites, one suite after another. A suite that has an id of an earlier one has its name put before all of its ids. The licences
    /// and sources of all are named.
    /// </summary>
    /// <param name="suites">One or more.</param>
    /// <param name="seed">Seeds the order of evaluation of several; a single suite keeps its own.</param>
    /// <exception cref="RailInputException">Two suites have the same ids and the same name, or an id becomes too long.</exception>
    public static Suite Of(IReadOnlyList<Suite> suites, long seed)
    {
        if (suites.Count == 1) return suites[0];
        var ids = new HashSet<string>(StringComparer.Ordinal);
        var prompts = ImmutableArray.CreateBuilder<SuitePrompt>();
        foreach (var suite in suites) prompts.AddRange(Apart(suite, ids));
        var header = new SuiteHeader(string.Join(", ", suites.Select(suite => suite.Header.Name).Distinct()), seed)
        {
            Description = Named(suites, one => one.Description),
            Licence = Named(suites, one => one.Licence),
            Source = Named(suites, one => one.Source),
            Population = suites.Select(suite => suite.Header.Population).Distinct().Count() == 1 ? suites[0].Header.Population : null,
        };
        return SuiteIdentity.Create(header, prompts.ToImmutable());
    }

    private static ImmutableArray<SuitePrompt> Apart(Suite suite, HashSet<string> taken)
    {
        var name = suite.Header.Name;
        var prompts = suite.Prompts.Any(prompt => taken.Contains(prompt.Id))
            ? [.. suite.Prompts.Select(prompt => prompt with { Id = $"{name}/{prompt.Id}" })]
            : suite.Prompts;
        foreach (var prompt in prompts)
        {
            if (SuiteRow.IdFault(prompt.Id) is { } fault) throw new RailInputException($"{name}: '{SafeText.Line(prompt.Id, 60)}': {fault}");
            if (!taken.Add(prompt.Id)) throw new RailInputException($"{name}: the id '{prompt.Id}' stands in another file of that name; import them one by one, with --name");
        }

        return prompts;
    }

    // One text where all say the same; else each with the name that it belongs to.
    private static string? Named(IReadOnlyList<Suite> suites, Func<SuiteHeader, string?> field)
    {
        var said = suites.Select(suite => (suite.Header.Name, Text: field(suite.Header))).Where(one => one.Text is not null).Distinct().ToList();
        if (said.Count == 0) return null;
        return said.Count == suites.Count && said.DistinctBy(one => one.Text).Count() == 1
            ? said[0].Text
            : string.Join("; ", said.Select(one => $"{one.Name}: {one.Text}"));
    }
}
