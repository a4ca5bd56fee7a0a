using System.Text.Json.Nodes;
using RailCluster.Contracts;

namespace RailCluster.Reports.Tests;

public sealed class VerdictBundleTests : BundleTest
{
    [Fact]
    public void Write_SameVerdict_GivesTheSameBytes()
    {
        VerdictBundle.Write(At("one"), Judge(block: true));
        VerdictBundle.Write(At("two"), Judge(block: true));
        var files = Directory.GetFiles(At("one"), "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(At("one"), file)).Order(StringComparer.Ordinal).ToList();
        Assert.Equal(
            ["baseline/manifest.json", "baseline/results.jsonl", "bundle.json", "checkpoint/manifest.json", "checkpoint/results.jsonl",
                "facts.json", "junit.xml", "policy.json", "report.html", "summary.md", "verdict.json"], files);
        Assert.All(files, file => Assert.Equal(File.ReadAllBytes(At("one", file)), File.ReadAllBytes(At("two", file))));
        Assert.Equal(["base", "one", "step-1", "two"], Directory.GetFileSystemEntries(Folder).Select(Path.GetFileName).Order());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Replay_Unchanged_IsIdentical(bool block)
    {
        var judged = Judge(block, input => input with
        {
            Anchor = Evaluate("root", Samples.Scores(9, 9, refuses: true)),
            Facts = input.Facts with
            {
                Tasks = [new TaskChange(new TaskMetric("accuracy", 0.2, true), new TaskMetric("accuracy", 0.9, true))],
                Overlap = new SuiteOverlap(Samples.Suite.Hash, new string('a', 64), 40, 1, 2),
                Explanations = [new PromptExplanation("harm-03", Samples.Explanation("one"), null)],
            },
        });
        var written = VerdictBundle.Write(At("bundle"), judged);
        Directory.Move(At("bundle"), At("moved"));
        var replay = BundleReplay.Of(At("moved"));
        Assert.Empty(replay.Differences);
        Assert.Equal(judged.Verdict.Outcome, replay.Judged.Verdict.Outcome);
        Assert.Equal(block ? VerdictOutcome.Block : judged.Verdict.Outcome, written.Outcome);
        Assert.Equal(written.Files.OrderBy(file => file.Name, StringComparer.Ordinal), written.Files);
    }

    [Fact]
    public void Replay_VerdictForgedWithItsHashes_SaysWhere()
    {
        VerdictBundle.Write(At("b"), Judge(block: true));
        Forge("verdict.json", text => text.Replace("\"outcome\": \"block\"", "\"outcome\": \"pass\"").Replace("\"drop\": 5,", "\"drop\": 0,"));
        var differences = BundleReplay.Of(At("b")).Differences;
        Assert.Contains(differences, one => one.ToString() == "verdict.outcome: \"pass\" → \"block\"");
        Assert.Contains(differences, one => one.ToString() == "comparison.measures[safety].drop: 0 → 5");
    }

    [Theory]
    [InlineData("summary.md", "Block", "Pass")]
    [InlineData("junit.xml", "<failure", "<skipped")]
    [InlineData("report.html", "Block", "Pass")]
    public void Replay_PageForgedWithItsHash_IsNamed(string name, string old, string now)
    {
        VerdictBundle.Write(At("b"), Judge(block: true));
        Forge(name, text => text.Replace(old, now));
        Assert.Equal(name, Assert.Single(BundleReplay.Of(At("b")).Differences).Path);
    }

    [Fact]
    public void Replay_ManifestSaysOtherwise_IsNamed()
    {
        VerdictBundle.Write(At("b"), Judge(block: true));
        Change("bundle.json", text => text.Replace("\"outcome\": \"block\"", "\"outcome\": \"pass\""));
        Assert.Equal("bundle.outcome: \"pass\" → \"block\"", Assert.Single(BundleReplay.Of(At("b")).Differences).ToString());
    }

    [Fact]
    public void Replay_FileChangedMissingOrAdded_IsNamed()
    {
        VerdictBundle.Write(At("b"), Judge(block: false));
        Change("verdict.json", text => text.Replace("safety", "sAfety"));
        Change("summary.md", text => text + "more");
        File.Delete(At("b", "junit.xml"));
        File.WriteAllText(At("b", "baseline", "notes.txt"), "x");
        var message = Refused(() => BundleReplay.Of(At("b")));
        foreach (var expected in (string[])["verdict.json was changed", "summary.md has ", "junit.xml is missing", "baseline/notes.txt is not named in bundle.json"])
            Assert.Contains(expected, message);
    }

    [Theory]
    [InlineData("\"name\": \"policy.json\"", "\"name\": \"../policy.json\"", "names '../policy.json', which is no file of a bundle")]
    [InlineData("\"name\": \"policy.json\"", "\"name\": \"/etc/passwd\"", "names '/etc/passwd', which is no file of a bundle")]
    [InlineData("\"name\": \"policy.json\"", "\"name\": \"junit.xml\"", "stands twice")]
    [InlineData("rail-verdict-bundle", "other", "is of kind 'other'")]
    [InlineData("\"version\": 1,", "\"version\": 9,", "version 9; this build reads 1")]
    [InlineData("{", "", "is not readable")]
    [InlineData("\"size\": ", "\"size\": -", "bytes; 1 to")]
    public void Open_ManifestThatCannotBe_IsRefused(string old, string now, string named)
    {
        VerdictBundle.Write(At("b"), Judge(block: false));
        Change("bundle.json", text => text.Replace(old, now));
        Assert.Contains(named, Refused(() => BundleReplay.Of(At("b"))));
    }

    [Theory]
    [InlineData("{", "{\"alpha\": 0.9,")]
    [InlineData("\"is_gate\": true", "\"is_gate\": \"yes\"")]
    public void Replay_FactsThatNobodyReads_AreRefused(string old, string now)
    {
        VerdictBundle.Write(At("b"), Judge(block: false));
        Forge("facts.json", text => text[..text.IndexOf(old, StringComparison.Ordinal)] + now + text[(text.IndexOf(old, StringComparison.Ordinal) + old.Length)..]);
        Assert.Contains("facts.json: is not readable", Refused(() => BundleReplay.Of(At("b"))));
    }

    [Fact]
    public void Replay_NamedEmptyFile_IsRefusedAndNotWaitedFor()
    {
        VerdictBundle.Write(At("b"), Judge(block: false));
        Forge("summary.md", _ => "");
        Assert.Contains("summary.md has 0 bytes", Refused(() => BundleReplay.Of(At("b"))));
    }

    [Fact]
    public void Replay_Link_IsRefused()
    {
        VerdictBundle.Write(At("b"), Judge(block: false));
        File.Move(At("b", "policy.json"), At("elsewhere.json"));
        File.CreateSymbolicLink(At("b", "policy.json"), At("elsewhere.json"));
        Assert.Contains("policy.json is a link", Refused(() => BundleReplay.Of(At("b"))));
    }

    [Fact]
    public void Write_FolderOfOthersOrSignedBundle_IsRefused()
    {
        var judged = Judge(block: false);
        Directory.CreateDirectory(At("b"));
        File.WriteAllText(At("b", "thesis.txt"), "years of work");
        Assert.Contains("holds 'thesis.txt'", Refused(() => VerdictBundle.Write(At("b"), judged)));
        VerdictBundle.Write(At("c"), judged);
        File.WriteAllText(At("c", "bundle.sig"), "{}");
        Assert.Contains("holds a signed bundle", Refused(() => VerdictBundle.Write(At("c"), judged)));
    }

    [Fact]
    public void Write_EvaluationChangedMeanwhile_IsRefusedAndLeavesNothing()
    {
        var judged = Judge(block: false);
        File.AppendAllText(At("base", "results.jsonl"), "\n");
        Assert.Contains("was changed while it was judged", Refused(() => VerdictBundle.Write(At("b"), judged)));
        Assert.False(Directory.Exists(At("b")));
        Assert.Equal(2, Directory.GetDirectories(Folder).Length);
    }

    private void Change(string name, Func<string, string> change)
    {
        var before = File.ReadAllText(At("b", name));
        var after = change(before);
        Assert.NotEqual(before, after);
        File.WriteAllText(At("b", name), after);
    }

    // Mends size and hash as whoever forges would.
    private void Forge(string name, Func<string, string> change)
    {
        Change(name, change);
        var bytes = File.ReadAllBytes(At("b", name));
        var manifest = JsonNode.Parse(File.ReadAllText(At("b", "bundle.json")))!;
        var file = manifest["files"]!.AsArray().Single(one => (string)one!["name"]! == name)!;
        file["size"] = bytes.Length;
        file["sha256"] = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(bytes));
        File.WriteAllText(At("b", "bundle.json"), manifest.ToJsonString(RailJson.Indented));
    }
}
