namespace Orleans.Configuration;

/// <summary>How a client sends and takes calls.</summary>
public class ClientMessagingOptions : MessagingOptions;
