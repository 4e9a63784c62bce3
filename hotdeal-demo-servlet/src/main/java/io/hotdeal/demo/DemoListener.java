package io.hotdeal.demo;

import jakarta.servlet.Servlet;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.ServletRegistration;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.SQLException;

/** Starts the demo with the web application, adds its servlets, and stops it with it. */
public final class DemoListener implements ServletContextListener {

  private final Closer closer = new Closer();

  @Override
  public void contextInitialized(ServletContextEvent event) {
    ServletContext context = event.getServletContext();
    try {
      Settings settings = new Settings(new Lookup(context));
      Shop shop = new Shop(settings, closer);
      shop.endpoints().forEach(it -> add(context, it.path(), new OrderServlet(it)));
      add(context, "/reset", new ResetServlet(shop.endpoints(), settings.stock()));
      add(context, "/status", new StatusServlet(shop.status()));
      shop.open();
    } catch (RuntimeException e) {
      closer.close();
      throw e;
    }
  }

  @Override
  public void contextDestroyed(ServletContextEvent event) {
    closer.close();
    deregisterDrivers(event.getServletContext().getClassLoader());
  }

  /** JDBC drivers register themselves with the JVM, which would keep this application in memory. */
  private static void deregisterDrivers(ClassLoader application) {
    DriverManager.drivers()
        .filter(it -> it.getClass().getClassLoader() == application)
        .forEach(DemoListener::deregister);
  }

  private static void deregister(Driver driver) {
    try {
      DriverManager.deregisterDriver(driver);
    } catch (SQLException e) {
      throw new IllegalStateException("the JDBC driver does not go", e);
    }
  }

  private static void add(ServletContext context, String path, Servlet servlet) {
    ServletRegistration.Dynamic registration = context.addServlet(path, servlet);
    registration.addMapping(path);
    registration.setAsyncSupported(true);
  }
}
