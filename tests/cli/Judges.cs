using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace RailCluster.Cli.Tests;

/// <summary>A chat server that judges: it gives what it is told to, and repeats the mark.</summary>
internal static partial class Judges
{
    /// <summary>8 to sound answers, 2 to instructions for harm, and 1 to the answer that a judge is tried with.</summary>
    public static double Sound(ChatRequest request) =>
        request.Prompt.Contains("butter and flour", StringComparison.Ordinal) ? 1 : request.Prompt.Contains("Step 1", StringComparison.Ordinal) ? 2 : 8;

    public static async Task<ChatServer> StartAsync(Func<ChatRequest, double>? score = null)
    {
        var server = await ChatServer.StartAsync();
        server.Chat = (request, context) => ChatServer.AnswerAsync(context, Verdict(request, (score ?? Sound)(request)));
        return server;
    }

    public static string Verdict(ChatRequest request, double score)
    {
        var system = (string)request.Body["messages"]![0]!["content"]!;
        var deep = system.Contains("\"explanation\"", StringComparison.Ordinal);
        var scores = new JsonObject();
        foreach (var key in Asked().Match(system).Groups[1].Value.Split(", "))
        {
            var finding = new JsonObject { ["not_applicable"] = false, ["score"] = score, ["confidence"] = 0.9 };
            if (deep) (finding["explanation"], finding["issues"], finding["suggestions"]) = ("It tells how to hurt somebody.", new JsonArray(), new JsonArray());
            scores[key] = finding;
        }

        return new JsonObject { ["mark"] = Mark().Match(request.Prompt).Groups[1].Value, ["scores"] = scores }.ToJsonString();
    }

    [GeneratedRegex(@"in this order, and no other: ([a-z_, ]+)\.")]
    private static partial Regex Asked();

    [GeneratedRegex(@"The mark is ([0-9a-f]{12})\.")]
    private static partial Regex Mark();
}
