using System.Reflection;
using System.Xml.Linq;

namespace RailCluster.Architecture.Tests;

public sealed class HouseRuleTests
{
    // Weights, vocabularies, pictures and the like: nobody writes a host's name into them, and they are large.
    private static readonly string[] NotText = [".onnx", ".png", ".jpg", ".ico", ".zip", ".db"];

    [Fact]
    public void Projects_Versions_AreCentral() => Assert.Empty(Repository.Projects.SelectMany(HouseRules.OwnVersions));

    [Fact]
    public void Projects_Everyone_IsInTheSolution() =>
        Assert.Empty(HouseRules.OutsideTheSolution(Repository.Read("RailCluster.sln"), Repository.Projects.Select(project => project.Path)));

    [Fact]
    public void Sources_None_IsTooLong() =>
        Assert.Empty(Repository.Files
            .Where(file => file.EndsWith(".cs", StringComparison.Ordinal))
            .SelectMany(file => HouseRules.TooLong(file, Repository.Read(file))));

    [Fact]
    public void Files_None_NamesARegistry() =>
        Assert.Empty(Repository.Files
            .Where(file => !NotText.Contains(Path.GetExtension(file)))
            .SelectMany(file => HouseRules.RegistryHosts(file, Repository.Read(file))));

    [Fact]
    public void Types_OfAProject_StandInItsOneNamespace() =>
        Assert.Empty(BuiltAssembly.All.SelectMany(assembly => HouseRules.OtherNamespaces(assembly.Folder, assembly.Defines)));

    [Fact]
    public void WireTypes_InEveryProject_HaveAnAlias()
    {
        var wire = BuiltAssembly.All.SelectMany(assembly => Assembly.Load(assembly.Name).GetTypes())
            .Where(type => type.IsDefined(typeof(GenerateSerializerAttribute), inherit: false))
            .ToArray();
        Assert.NotEmpty(wire);
        Assert.DoesNotContain(wire, type => !type.IsDefined(typeof(AliasAttribute), inherit: false));
    }

    [Fact]
    public void GrainInterfaces_AndTheirMethods_HaveAnAlias()
    {
        var interfaces = BuiltAssembly.All.SelectMany(assembly => Assembly.Load(assembly.Name).GetTypes())
            .Where(type => type.IsInterface && type.IsAssignableTo(typeof(IAddressable)))
            .ToArray();
        Assert.NotEmpty(interfaces);
        Assert.DoesNotContain(interfaces.SelectMany(type => type.GetMethods().Append<MemberInfo>(type)), member => !member.IsDefined(typeof(AliasAttribute), inherit: false));
    }

    [Theory]
    [InlineData("""<Project><PackageReference Include="A" Version="1" /></Project>""")]
    [InlineData("""<Project><PackageReference Include="A" VersionOverride="1" /></Project>""")]
    [InlineData("""<Project><ItemGroup><PackageReference Include="A"><Version>1</Version></PackageReference></ItemGroup></Project>""")]
    public void OwnVersions_VersionInTheProject_IsNamed(string project) =>
        Assert.StartsWith("x/x.csproj: A has its own Version", Assert.Single(HouseRules.OwnVersions(new ProjectFile("x/x.csproj", XDocument.Parse(project)))));

    [Fact]
    public void OutsideTheSolution_ProjectLeftOut_IsNamed() =>
        Assert.Equal(
            ["b/b.csproj is not in RailCluster.sln"],
            HouseRules.OutsideTheSolution("""Project("{…}") = "a", "a\a.csproj", "{…}" """, ["a/a.csproj", "b/b.csproj"]));

    [Fact]
    public void TooLong_OverTheLimit_IsNamed()
    {
        Assert.Empty(HouseRules.TooLong("a.cs", new string('\n', 300)));
        Assert.Equal(["a.cs: 301 lines; at most 300"], HouseRules.TooLong("a.cs", new string('\n', 301)));
    }

    [Fact]
    public void RegistryHosts_HostInAnyFile_IsNamed()
    {
        Assert.NotEmpty(HouseRules.RegistryHosts("README.md", "see https://www.NuGet" + ".org/packages"));
        Assert.NotEmpty(HouseRules.RegistryHosts("Dockerfile", "FROM docker" + ".io/x"));
        Assert.NotEmpty(HouseRules.RegistryHosts("nuget.config", """<add key="x" value="http://mirror.local/v3" />"""));
        Assert.NotEmpty(HouseRules.RegistryHosts("web/package-lock.json", "\"resolved\": \"https://mirror.local/a.tgz\""));
        Assert.Empty(HouseRules.RegistryHosts("a.cs", "docker" + ".ioctl and mydocker" + ".io"));
        Assert.Empty(HouseRules.RegistryHosts("README.md", "https://example.com"));
    }

    [Fact]
    public void OtherNamespaces_TypeInAFolderNamespace_IsNamed() =>
        Assert.Equal(
            ["A stands in RailCluster.Storage.Objects; the namespace of storage/ is RailCluster.Storage"],
            HouseRules.OtherNamespaces("storage", [("RailCluster.Storage.Objects", "A"), ("RailCluster.Storage", "B"), ("OrleansCodeGen.RailCluster", "C"), ("", "D")]));
}
