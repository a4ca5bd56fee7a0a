using System.Xml.Linq;

namespace RailCluster.Architecture.Tests;

public sealed class ArrowTests
{
    private static IEnumerable<ProjectFile> Products => Repository.Projects.Where(project => !project.IsTest);

    [Fact]
    public void Projects_Everyone_HasItsPlaceInTheArrows() =>
        Assert.Equal(Arrows.Allowed.Keys.Order(), Products.Select(project => project.Folder).Order());

    [Fact]
    public void ProjectReferences_DirectAndNot_FollowTheArrows()
    {
        var direct = Products.SelectMany(project => project.References.Select(to => (project.Folder, to))).ToArray();
        Assert.NotEmpty(direct);
        Assert.Empty(Arrows.Broken(Arrows.Closure(direct)));
    }

    [Fact]
    public void AssemblyReferences_OfWhatIsBuilt_FollowTheArrows()
    {
        var references = BuiltAssembly.All.SelectMany(assembly => assembly.References
            .Where(BuiltAssembly.IsProduct)
            .Select(to => (assembly.Folder, BuiltAssembly.FolderOf(to)))).ToArray();
        Assert.NotEmpty(references);
        Assert.Empty(Arrows.Broken(references));
    }

    [Fact]
    public void PackageReferences_OfProducts_AreWhereTheyBelong() =>
        Assert.Empty(Arrows.MisplacedPackages(Products.SelectMany(project => project.Packages.Select(package => (project.Folder, package)))));

    [Fact]
    public void Broken_ReferenceAgainstAnArrow_IsNamed()
    {
        (string, string)[] references = [("grains", "storage"), ("silo", "grains"), ("client", "evaluation"), ("cellar", "contracts")];
        Assert.Equal(
            ["grains must not know storage", "client must not know evaluation", "cellar must not know contracts"],
            Arrows.Broken(references));
    }

    [Fact]
    public void Closure_ReferenceOfAReference_IsReached() =>
        Assert.Equal(
            [("a", "b"), ("a", "c"), ("a", "d"), ("b", "c"), ("b", "d"), ("c", "d")],
            Arrows.Closure([("a", "b"), ("b", "c"), ("c", "d")]).Order());

    [Fact]
    public void ProjectFile_References_AreReadAsFolders()
    {
        var project = new ProjectFile("grains/X.csproj", XDocument.Parse("""
            <Project>
              <ItemGroup Condition="'$(Gpu)' == 'true'"><ProjectReference Include="..\storage\Y.csproj" /></ItemGroup>
              <ItemGroup><PackageReference Include="TorchSharp-cpu" /><PackageReference Include="System.CommandLine" /></ItemGroup>
            </Project>
            """));
        Assert.Equal(["storage"], project.References);
        Assert.Equal(2, Arrows.MisplacedPackages(project.Packages.Select(package => (project.Folder, package))).Count());
    }
}
