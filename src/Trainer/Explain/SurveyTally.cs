namespace Granary.Trainer.Explain;

/// <summary>Sums up a pass over a set, batch by batch in the set's order.</summary>
/// <param name="classes">Classes of the set; grows when the network has more outputs.</param>
/// <param name="mostWrong">Examples to keep at most.</param>
internal sealed class SurveyTally(int classes, int mostWrong)
{
    private readonly Dictionary<(int True, int Predicted), long> _confusion = [];
    private readonly PriorityQueue<WrongExample, (double Loss, int Later)> _worst = new();
    private int _outputs = classes;
    private int _examples;
    private double _loss;

    /// <summary>Adds a batch.</summary>
    /// <param name="labels">The true classes.</param>
    /// <param name="logProbabilities">Per picture the logarithm of each class's probability.</param>
    /// <param name="outputs">Classes per picture.</param>
    public void Add(ReadOnlySpan<long> labels, ReadOnlySpan<float> logProbabilities, int outputs)
    {
        _outputs = Math.Max(_outputs, outputs);
        for (int i = 0; i < labels.Length; i++)
        {
            ReadOnlySpan<float> row = logProbabilities.Slice(i * outputs, outputs);
            int label = (int)labels[i];
            int predicted = Greatest(row);
            double loss = label < outputs ? -row[label] : double.PositiveInfinity;
            _confusion[(label, predicted)] = _confusion.GetValueOrDefault((label, predicted)) + 1;
            _loss += loss;
            if (predicted != label)
                Keep(new WrongExample(_examples, label, predicted, Math.Exp(row[predicted]), Math.Exp(-loss), loss));
            _examples++;
        }
    }

    /// <summary>The result.</summary>
    public Survey ToSurvey()
    {
        var rows = new List<IReadOnlyList<long>>();
        for (int label = 0; label < _outputs; label++)
            rows.Add([.. Enumerable.Range(0, _outputs).Select(predicted => _confusion.GetValueOrDefault((label, predicted)))]);
        IEnumerable<WrongExample> worst = _worst.UnorderedItems.Select(item => item.Element);
        worst = worst.OrderByDescending(wrong => wrong.Loss).ThenBy(wrong => wrong.Index);
        return new Survey(rows, [.. worst], _examples, _loss / _examples);
    }

    // The queue's first is the one to give up next: the least loss, of equal ones the later.
    private void Keep(WrongExample wrong)
    {
        _worst.Enqueue(wrong, (wrong.Loss, -wrong.Index));
        if (_worst.Count > mostWrong)
            _worst.Dequeue();
    }

    private static int Greatest(ReadOnlySpan<float> row)
    {
        int greatest = 0;
        for (int i = 1; i < row.Length; i++)
        {
            if (row[i] > row[greatest])
                greatest = i;
        }

        return greatest;
    }
}
