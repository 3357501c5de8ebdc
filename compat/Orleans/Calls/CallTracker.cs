namespace Orleans.Runtime;

/// <summary>The calls under way, so that each ends at its deadline. Striped lists: adding and removing cost one short lock.</summary>
internal sealed class CallTracker
{
    private readonly Stripe[] _stripes = [.. Enumerable.Range(0, 16).Select(static _ => new Stripe())];

    public void Add(OutgoingCall call)
    {
        int index = Environment.CurrentManagedThreadId & 15;
        var stripe = _stripes[index];
        lock (stripe)
        {
            call.Stripe = index;
            call.Next = stripe.First;
            if (stripe.First is not null)
                stripe.First.Previous = call;
            stripe.First = call;
        }
    }

    public void Remove(OutgoingCall call)
    {
        int index = call.Stripe;
        if (index < 0)
            return;
        var stripe = _stripes[index];
        lock (stripe)
        {
            if (call.Stripe < 0)
                return;
            call.Stripe = -1;
            if (call.Previous is null)
                stripe.First = call.Next;
            else
                call.Previous.Next = call.Next;
            if (call.Next is not null)
                call.Next.Previous = call.Previous;
            call.Previous = call.Next = null;
        }
    }

    public void TimeOutExpired()
    {
        long now = Environment.TickCount64;
        foreach (var call in Collect(c => c.Deadline <= now))
            call.TimeOut();
    }

    public void FailAll(Exception exception)
    {
        foreach (var call in Collect(static _ => true))
            call.Fail(exception);
    }

    private List<OutgoingCall> Collect(Func<OutgoingCall, bool> which)
    {
        List<OutgoingCall> found = [];
        foreach (var stripe in _stripes)
        {
            lock (stripe)
            {
                for (var call = stripe.First; call is not null; call = call.Next)
                {
                    if (which(call))
                        found.Add(call);
                }
            }
        }

        return found;
    }

    private sealed class Stripe
    {
        public OutgoingCall? First { get; set; }
    }
}
