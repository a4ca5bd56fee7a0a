namespace RailCluster.Contracts.Tests;

public sealed class WireManifestTests
{
    private const string Accept = "RAIL_ACCEPT_WIRE_TYPES";

    [Fact]
    public void EveryWireType_HasAnAliasOfItsOwn()
    {
        var aliases = WireTypes.All.Select(WireManifest.Alias).ToArray();
        Assert.All(aliases, Assert.NotNull);
        Assert.Equal(aliases.Length, aliases.Distinct().Count());
    }

    /// <summary>
    /// contracts/WireTypes.txt is what is deployed. Adding a member with a new id is compatible; moving, retyping or removing one is not.
    /// </summary>
    [Fact]
    public void WireTypes_AsCommitted_AreTheWireTypes()
    {
        var file = Checkout.At("contracts", "WireTypes.txt");
        var actual = WireManifest.Of(WireTypes.All);
        if (Environment.GetEnvironmentVariable(Accept) == "1") File.WriteAllText(file, actual);
        var (committed, now) = (File.ReadAllLines(file), actual.TrimEnd('\n').Split('\n'));
        var changes = committed.Except(now).Select(line => $"- {line}").Concat(now.Except(committed).Select(line => $"+ {line}"));
        Assert.True(
            committed.SequenceEqual(now),
            $"The wire types are not those of {file}. If old bytes stay readable, run this test with {Accept}=1 and commit the file.\n"
            + string.Join('\n', changes));
    }

    [Fact]
    public void Manifest_MemberChanged_IsAnotherText()
    {
        Type[] types = [typeof(One), typeof(OtherId), typeof(OtherType), typeof(OtherOrder)];
        var texts = types.Select(type => WireManifest.Of([type]).Split('\n', 2)[1]).ToArray();
        Assert.Equal("  (0) First: Int32\n  (1) Second: Int32\n  [0] Third: Int32?\n", texts[0]);
        Assert.Equal(4, texts.Distinct().Count());
    }

    private sealed record One(int First, int Second)
    {
        [Id(0)]
        public int? Third { get; init; }
    }

    private sealed record OtherId(int First, int Second)
    {
        [Id(1)]
        public int? Third { get; init; }
    }

    private sealed record OtherType(int First, int Second)
    {
        [Id(0)]
        public long? Third { get; init; }
    }

    private sealed record OtherOrder(int Second, int First)
    {
        [Id(0)]
        public int? Third { get; init; }
    }
}
