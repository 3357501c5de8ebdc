using Granary.Specs;

namespace Granary.Trainer.Models;

/// <summary>Builds the networks of the catalogue.</summary>
internal static class ModelFactory
{
    private static readonly Dictionary<string, ModelRecipe> Recipes = new IReadOnlyList<ModelRecipe>[]
    {
        LeNets.Recipes,
        AlexNets.Recipes,
        Vggs.Recipes,
        NetworkInNetworks.Recipes,
        GoogLeNets.Recipes,
        D2lResNets.Recipes,
        ResNets.Recipes,
        PreResNets.Recipes,
        XResNets.Recipes,
        D2lDenseNets.Recipes,
        DenseNets.Recipes,
        MobileNets.Recipes,
        SimpleCnns.Recipes,
    }.SelectMany(family => family).ToDictionary(recipe => recipe.Name);

    /// <summary>Names of all networks that can be built.</summary>
    public static IReadOnlyCollection<string> Names => Recipes.Keys;

    /// <summary>Builds a network on the CPU, its first weights drawn from torch's generator. Call it outside any dispose scope.</summary>
    /// <param name="name">A name of the catalogue.</param>
    /// <param name="shape">What it is built for.</param>
    /// <exception cref="ArgumentException">There is no such network, or pictures of that size do not go through it.</exception>
    public static Network Create(string name, ModelShape shape)
    {
        ModelRecipe recipe = Find(name);
        ModelEntry entry = ModelCatalog.Find(name)!;
        if (entry.FixedSize ? shape.Size != entry.Size : shape.Size < entry.MinSize)
        {
            string expected = entry.FixedSize ? $"exactly {entry.Size}x{entry.Size}" : $"at least {entry.MinSize}x{entry.MinSize}";
            throw new ArgumentException(
                $"{name} takes pictures of {expected}; these are {shape.Size}x{shape.Size}. Set data.resize accordingly.", nameof(shape));
        }

        return recipe.Build(shape);
    }

    /// <summary>The recipe of a network.</summary>
    /// <param name="name">A name of the catalogue.</param>
    /// <exception cref="ArgumentException">There is no such network.</exception>
    public static ModelRecipe Find(string name) =>
        Recipes.TryGetValue(name, out ModelRecipe? recipe) && ModelCatalog.Find(name) is not null
            ? recipe
            : throw new ArgumentException($"There is no network '{name}'; expected one of {string.Join(", ", Names)}.", nameof(name));
}
