namespace Granary.Specs;

/// <summary>What must hold between the data settings of one run.</summary>
internal static class DataChecks
{
    /// <summary>What is wrong with the data of a run, in words; null when nothing is.</summary>
    /// <param name="data">The data.</param>
    /// <param name="model">The network.</param>
    /// <param name="set">The set that the data names.</param>
    public static string? Find(DataSpec data, ModelSpec model, DataSetEntry set)
    {
        if (set.Name == DataSets.Folder && data.Path is null)
        {
            return "data.set: folder needs data.path, the folder that has train/CLASS/*.jpg and val/CLASS/*.jpg in it";
        }

        if (set.Name == DataSets.Synthetic && data.Path is not null)
        {
            return "data.set: synthetic is drawn, not read; leave data.path out";
        }

        if ((data.Resize ?? set.Size) is not { } size)
        {
            return $"the pictures of data.set: {set.Name} have many sizes; set data.resize to the height and width that the network is to see";
        }

        if (data.Presize < size)
        {
            return $"data.presize is {data.Presize}, and {size}x{size} pixels are cropped from it; expected at least {size}, or a smaller data.resize";
        }

        if (data.CropPadding >= size)
        {
            return $"data.crop-padding is {data.CropPadding}, which can move pictures of {size}x{size} out of sight; expected less than {size}";
        }

        return model.Channels is { } channels && channels != set.Channels && set.Channels != 1 && channels != 1
            ? $"model.channels is {channels}, and pictures of data.set: {set.Name} have {set.Channels}; expected {set.Channels}, or 1 to make them grey"
            : null;
    }
}
