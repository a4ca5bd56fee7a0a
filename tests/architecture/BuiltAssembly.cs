using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace RailCluster.Architecture.Tests;

/// <summary>What the compiled code of one project refers to, read from its metadata without loading it.</summary>
/// <param name="Name">Of the assembly.</param>
/// <param name="References">Assemblies it refers to.</param>
/// <param name="Uses">Types (<c>Namespace.Type</c>) and members (<c>Namespace.Type.Member</c>) of other assemblies that it refers to.</param>
/// <param name="Defines">Types it defines, without nested ones.</param>
internal sealed record BuiltAssembly(
    string Name,
    IReadOnlyList<string> References,
    IReadOnlyCollection<string> Uses,
    IReadOnlyList<(string Namespace, string Type)> Defines)
{
    private const string Prefix = "RailCluster.";

    // The command line's assembly is named like its command.
    private const string Cli = "rail";

    /// <summary>Every product that the command line is made of: all but training and the benchmarks.</summary>
    public static IReadOnlyList<BuiltAssembly> All { get; } =
    [
        .. Arrows.Allowed.Keys.Where(folder => folder is not ("training" or "benchmarks")).Order()
            .Select(folder => Read(Path.Combine(AppContext.BaseDirectory, $"{NameOf(folder)}.dll"))),
    ];

    public string Folder => FolderOf(Name);

    public static BuiltAssembly Of(string folder) => All.Single(assembly => assembly.Folder == folder);

    public static bool IsProduct(string assembly) => assembly == Cli || assembly.StartsWith(Prefix, StringComparison.Ordinal);

    public static string FolderOf(string assembly) => assembly == Cli ? "cli" : assembly[Prefix.Length..].ToLowerInvariant();

    public static BuiltAssembly Read(string file)
    {
        using var stream = File.OpenRead(file);
        using var image = new PEReader(stream);
        var metadata = image.GetMetadataReader();
        return new BuiltAssembly(
            metadata.GetString(metadata.GetAssemblyDefinition().Name),
            [.. metadata.AssemblyReferences.Select(handle => metadata.GetString(metadata.GetAssemblyReference(handle).Name))],
            [.. metadata.TypeReferences.Select(handle => NameOf(metadata, handle)).Concat(Members(metadata)).Distinct()],
            [.. Definitions(metadata)]);
    }

    private static string NameOf(string folder) => folder == "cli" ? Cli : $"{Prefix}{char.ToUpperInvariant(folder[0])}{folder[1..]}";

    private static IEnumerable<string> Members(MetadataReader metadata) =>
        from handle in metadata.MemberReferences
        let member = metadata.GetMemberReference(handle)
        where member.Parent.Kind == HandleKind.TypeReference
        select $"{NameOf(metadata, (TypeReferenceHandle)member.Parent)}.{metadata.GetString(member.Name)}";

    private static IEnumerable<(string Namespace, string Type)> Definitions(MetadataReader metadata) =>
        from handle in metadata.TypeDefinitions
        let type = metadata.GetTypeDefinition(handle)
        where !type.IsNested
        select (metadata.GetString(type.Namespace), metadata.GetString(type.Name));

    private static string NameOf(MetadataReader metadata, TypeReferenceHandle handle)
    {
        var type = metadata.GetTypeReference(handle);
        return type.ResolutionScope.Kind == HandleKind.TypeReference
            ? $"{NameOf(metadata, (TypeReferenceHandle)type.ResolutionScope)}.{metadata.GetString(type.Name)}"
            : $"{metadata.GetString(type.Namespace)}.{metadata.GetString(type.Name)}";
    }
}
